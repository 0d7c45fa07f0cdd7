"""Old entries go day by day; what is left is still proven by the seals of all."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings as real_settings
from django.db import ProgrammingError, connection
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.forget import forget_old_entries
from nobat.journal.models import JournalEntry, JournalSeal
from nobat.journal.proof import check_journal
from nobat.journal.record import record
from nobat.journal.seal import seal_journal

# More than five years ago by the clock of the database, which no test moves.
FIRST_DAY = datetime(2019, 3, 1, 8, 30, tzinfo=UTC)
KEPT_FOR = timedelta(days=10)  # so that not every day of five years has to be sealed
A_DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_for_ten_days(settings):
    settings.KEPT = real_settings.KEPT._replace(journal=KEPT_FOR)


@pytest.fixture
def three_old_days(sara, clock):
    """Two entries on each of three days, sealed."""
    clock.move_to(FIRST_DAY)
    for _ in range(3):
        for minute in range(2):
            at = timezone.now() + timedelta(minutes=minute)
            record(Act.SIGNED_IN, sara, by=sara, at=at)
        clock.shift(A_DAY)
    clock.move_to(datetime(2019, 3, 4, 1, 0, tzinfo=UTC))
    assert seal_journal() == 3


def broken() -> list[date]:
    return [found.day for found in check_journal()]


def ten_days_after(clock, days: int) -> None:
    clock.move_to(FIRST_DAY + KEPT_FOR + days * A_DAY)
    seal_journal()


def test_a_day_goes_whole_when_its_time_is_over(three_old_days, clock):
    ten_days_after(clock, 0)
    assert forget_old_entries() == 0
    ten_days_after(clock, 1)
    assert forget_old_entries() == 2
    assert JournalEntry.objects.count() == 4
    assert forget_old_entries() == 0


def test_the_seals_stay_and_the_chain_still_proves_itself(three_old_days, clock):
    ten_days_after(clock, 2)
    seals = JournalSeal.objects.count()
    assert forget_old_entries() == 4

    assert JournalSeal.objects.count() == seals
    assert broken() == []


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_journalseal DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_of_an_old_day_all_may_be_gone_but_not_some(three_old_days, clock):
    ten_days_after(clock, 1)
    tamper("DELETE FROM journal_journalentry WHERE id = (SELECT min(id) FROM journal_journalentry)")

    assert broken() == [FIRST_DAY.date()]


def test_a_younger_day_may_not_be_gone_at_all(three_old_days, clock):
    ten_days_after(clock, 1)
    forget_old_entries()
    tamper("DELETE FROM journal_journalentry WHERE at < '2019-03-02 20:00+00'")

    assert broken() == [FIRST_DAY.date() + A_DAY]


def test_the_seal_of_a_day_that_is_gone_is_held_by_the_next(three_old_days, clock):
    ten_days_after(clock, 1)
    forget_old_entries()
    tamper("UPDATE journal_journalseal SET digest = repeat('0', 64) WHERE day = '2019-03-01'")

    assert FIRST_DAY.date() + A_DAY in broken()


def test_a_day_without_a_seal_is_not_touched(sara, clock):
    clock.move_to(FIRST_DAY)
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    clock.move_to(FIRST_DAY + KEPT_FOR + A_DAY)

    assert forget_old_entries() == 0


def test_the_database_refuses_to_forget_what_is_younger(sara):
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    with pytest.raises(ProgrammingError, match="append-only"):
        JournalEntry.objects.filter(at__gt=timezone.now() - A_DAY).delete()
