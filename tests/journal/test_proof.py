"""Each kind of tampering is found: by somebody who may do anything in the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry, JournalSeal
from nobat.journal.proof import check_journal
from nobat.journal.record import record
from nobat.journal.seal import seal_journal, sum_of

SATURDAY = date(2026, 5, 2)
SUNDAY, MONDAY = SATURDAY + timedelta(days=1), SATURDAY + timedelta(days=2)
A_DAY = timedelta(days=1)
FIVE_ON_TUESDAY = datetime(2026, 5, 5, 1, 30, tzinfo=UTC)  # in Tehran


@pytest.fixture
def three_days(sara, clock):
    """Three entries on each of three sealed days, and the night after them."""
    for _ in range(3):
        for minute in range(3):
            at = timezone.now() + timedelta(minutes=minute)
            record(Act.SIGNED_IN, sara, by=sara, at=at, way="code")
        clock.shift(A_DAY)
    clock.move_to(FIVE_ON_TUESDAY)
    assert seal_journal() == 3


@pytest.fixture
def tampering(three_days):
    """The triggers that refuse any change are out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_journalseal DISABLE TRIGGER USER")


def broken() -> list[date]:
    return [found.day for found in check_journal()]


def entries_of(day: date):
    return JournalEntry.objects.filter(at__date=day).order_by("at")


def test_an_untouched_journal_is_unbroken(three_days):
    assert broken() == []


def test_entries_of_days_that_are_not_sealed_yet_break_nothing(three_days, sara, clock):
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    assert broken() == []


@pytest.mark.parametrize(
    "change",
    [
        {"act": "booked"},
        {"by": ""},
        {"subject": "people.Person:1"},
        {"details": {"way": "password"}},
        {"at": datetime(2026, 5, 3, 4, 30, 0, 1, tzinfo=UTC)},
        {"id": 1_000_000},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_is_found(tampering, change):
    one = entries_of(SUNDAY).first()
    JournalEntry.objects.filter(pk=one.pk).update(**change)
    assert broken() == [SUNDAY]


def test_a_removed_entry_is_found(tampering):
    entries_of(SUNDAY).last().delete()
    [found] = check_journal()
    assert (found.day, found.why) == (SUNDAY, "2 entries, 3 were sealed: some were removed")


def test_an_entry_put_into_a_sealed_day_is_found(three_days, sara):
    record(Act.BOOKED, sara, by=sara, at=timezone.now() - 2 * A_DAY)
    [found] = check_journal()
    assert (found.day, found.why) == (SUNDAY, "4 entries, 3 were sealed: some were put in")


def test_an_entry_that_took_the_place_of_another_is_found(tampering, sara):
    one = entries_of(SUNDAY).first()
    one.delete()
    record(Act.BOOKED, sara, by=sara, at=one.at)
    assert broken() == [SUNDAY]


def test_entries_that_changed_places_are_found(tampering):
    one, other, _ = entries_of(SUNDAY)
    JournalEntry.objects.filter(pk=one.pk).update(at=other.at)
    JournalEntry.objects.filter(pk=other.pk).update(at=one.at)
    assert broken() == [SUNDAY]


def test_an_entry_moved_to_another_day_is_missed_and_found(tampering):
    JournalEntry.objects.filter(pk=entries_of(SUNDAY).first().pk).update(at=FIVE_ON_TUESDAY - A_DAY)
    assert broken() == [SUNDAY, MONDAY]


def test_an_entry_before_the_first_seal_is_found(three_days, sara):
    record(Act.BOOKED, sara, by=sara, at=timezone.now() - 9 * A_DAY)
    assert broken() == [SATURDAY - A_DAY]


@pytest.mark.parametrize("day", [SATURDAY, SUNDAY])
def test_a_removed_seal_is_found(tampering, day):
    JournalSeal.objects.filter(day=day).delete()
    assert day in broken()


def test_the_last_seal_is_missed_too_once_it_should_have_been_made_anew(tampering, clock):
    JournalSeal.objects.filter(day=MONDAY).delete()
    assert broken() == []  # the job may still come
    clock.shift(timedelta(hours=1))
    assert broken() == [MONDAY]


def test_that_all_seals_are_gone_is_found(tampering, clock):
    JournalSeal.objects.all().delete()
    assert broken() == [SATURDAY, SUNDAY]


def test_seals_that_changed_places_are_found(tampering):
    saturday, sunday = (JournalSeal.objects.get(day=day) for day in (SATURDAY, SUNDAY))
    JournalSeal.objects.filter(pk=saturday.pk).update(day=date(2000, 1, 1))
    JournalSeal.objects.filter(pk=sunday.pk).update(day=SATURDAY)
    JournalSeal.objects.filter(pk=saturday.pk).update(day=SUNDAY)
    assert {SATURDAY, SUNDAY} <= set(broken())


@pytest.mark.parametrize(
    "change", [{"entries": 9}, {"first_id": 1}, {"last_id": 1}, {"digest": "0" * 64}]
)
def test_a_changed_seal_is_found(tampering, change):
    JournalSeal.objects.filter(day=MONDAY).update(**change)
    assert broken() == [MONDAY]


def test_a_first_day_that_is_gone_with_its_seal_is_missed(tampering):
    entries_of(SATURDAY).delete()
    JournalSeal.objects.filter(day=SATURDAY).delete()
    assert broken() == [SATURDAY]


def test_a_day_sealed_anew_by_somebody_with_the_key_does_not_fit_the_next(tampering):
    entries_of(SUNDAY).last().delete()
    before = JournalSeal.objects.get(day=SATURDAY)
    anew = sum_of(SUNDAY, before.digest)._asdict()
    JournalSeal.objects.filter(day=SUNDAY).update(**anew)

    [found] = check_journal()
    assert found.day == MONDAY
    assert found.why == "its seal does not hold the seal of the day before"
