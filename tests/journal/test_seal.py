from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry, JournalSeal
from nobat.journal.record import record
from nobat.journal.seal import AT_ONCE, rows_of, seal_journal, sum_of
from tests.at_once import at_once
from tests.build import make_person

SATURDAY = date(2026, 5, 2)
A_DAY = timedelta(days=1)
FOUR_ON_SUNDAY = datetime(2026, 5, 3, 0, 30, tzinfo=UTC)  # in Tehran


@pytest.fixture
def two_entries(sara):
    for way in ("code", "password"):
        record(Act.SIGNED_IN, sara, by=sara, at=timezone.now(), way=way)
    return list(JournalEntry.objects.order_by("pk"))


def test_a_day_is_sealed_when_it_has_been_over_for_four_hours(two_entries, clock):
    clock.move_to(FOUR_ON_SUNDAY - timedelta(seconds=1))
    assert seal_journal() == 0
    clock.move_to(FOUR_ON_SUNDAY)
    assert seal_journal() == 1

    seal = JournalSeal.objects.get()
    first, last = two_entries
    assert (seal.day, seal.entries) == (SATURDAY, 2)
    assert (seal.first_id, seal.last_id) == (first.pk, last.pk)
    assert (seal.previous, seal.sealed_at) == ("", timezone.now())


def test_it_is_the_day_of_tehran_that_counts(two_entries, sara, clock):
    just_before_midnight = datetime(2026, 5, 2, 20, 29, 59, tzinfo=UTC)
    for at in (just_before_midnight, just_before_midnight + timedelta(seconds=1)):
        record(Act.SIGNED_IN, sara, by=sara, at=at)
    clock.move_to(FOUR_ON_SUNDAY)
    seal_journal()

    assert JournalSeal.objects.get().entries == 3


def test_each_seal_holds_the_one_before_and_quiet_days_are_sealed_too(two_entries, clock):
    clock.move_to(FOUR_ON_SUNDAY + 2 * A_DAY)
    assert seal_journal() == 3

    saturday, sunday, monday = JournalSeal.objects.order_by("day")
    assert (sunday.entries, sunday.first_id) == (0, None)
    assert [sunday.previous, monday.previous] == [saturday.digest, sunday.digest]
    assert len({saturday.digest, sunday.digest, monday.digest}) == 3


def test_a_day_is_sealed_once(two_entries, clock):
    clock.move_to(FOUR_ON_SUNDAY)
    assert [seal_journal(), seal_journal()] == [1, 0]


def test_without_an_entry_there_is_nothing_to_seal(db):
    assert seal_journal() == 0


def test_the_seal_depends_on_the_one_before_and_on_the_key_of_the_server(two_entries, settings):
    one = sum_of(SATURDAY, "a")
    assert one != sum_of(SATURDAY, "b")
    settings.DATA_KEYS = ["other:" + "A" * 43 + "="]
    assert one != sum_of(SATURDAY, "a")


def test_the_database_refuses_to_change_or_remove_a_seal(two_entries, clock):
    clock.move_to(FOUR_ON_SUNDAY)
    seal_journal()
    with pytest.raises(ProgrammingError, match="append-only"):
        JournalSeal.objects.update(entries=0)


def test_the_entries_are_read_some_minutes_at_a_time_each_of_them_once(two_entries, sara):
    """Without a cursor that the server keeps open: a pooler would lose it."""
    first, last = timezone.now() - timedelta(hours=8), timezone.now() + timedelta(hours=16)
    for at in (first - timedelta(microseconds=1), first, last - timedelta(microseconds=1), last):
        record(Act.SIGNED_IN, sara, by=sara, at=at)
    expected = JournalEntry.objects.filter(at__gte=first, at__lt=last).order_by("at", "id")
    with CaptureQueriesContext(connection) as asked:
        assert [pk for pk, _ in rows_of(SATURDAY)] == [entry.pk for entry in expected]
    assert len(asked) == A_DAY / AT_ONCE + 1
    assert not any("DECLARE" in query["sql"] for query in asked.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_two_machines_write_one_seal_for_each_day(clock):
    sara = make_person(mobile="+989120000001")
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    clock.move_to(FOUR_ON_SUNDAY + A_DAY)
    at_once([seal_journal] * 3)

    assert JournalSeal.objects.count() == 2
