from datetime import time, timedelta

import pytest
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.models import Outage
from nobat.visits.outage import (
    AlreadyRecorded,
    DayOutOfReach,
    HoursTurnedRound,
    NoReason,
    record_outage,
    touched_by,
)
from tests.build import TOMORROW, book, make_slot

DAY = timedelta(days=1)


@pytest.fixture
def say(sunday):
    """Somebody of the office says that there was no power."""

    def say(from_hour=None, until_hour=None, *, day=TOMORROW, reason="قطعی برق"):
        return record_outage(
            office=sunday.office,
            day=day,
            from_hour=from_hour,
            until_hour=until_hour,
            reason=reason,
            by=sunday.maryam,
        )

    return say


def test_weeks_that_have_begun_for_these_hours_end_at_once(sunday, say):
    sunday.evening()
    say(time(9), time(11))

    assert Suspension.objects.get().ended_at == timezone.now()
    appointment = Appointment.objects.get(pk=sunday.appointment.pk)
    assert (appointment.status, appointment.reason) == (Status.EXCUSED, "قطعی دفتر: قطعی برق")
    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 1


def test_weeks_of_other_hours_and_of_other_offices_go_on(sunday, say):
    sunday.evening()
    say(time(11), time(12))
    assert Suspension.objects.get().ended_at is None


def test_whoever_may_still_come_is_left_alone(sunday, say):
    sunday.at("09:30")
    say(time(8), time(12))
    assert sunday.status() == Status.BOOKED


def test_without_hours_it_is_the_whole_day(sunday, say):
    sunday.at("12:00")
    outage = say()
    assert outage.ends_at - outage.starts_at == DAY


def test_the_journal_says_who_and_which_hours(sunday, say):
    sunday.at("12:00")
    outage = say(time(9), time(10))
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.by) == ("outage_recorded", f"people.Person:{sunday.maryam.pk}")
    assert entry.details["outage"] == outage.pk


@pytest.mark.parametrize("days", [-1, policy.CAN_STILL_BE_ANSWERED.days + 1])
def test_only_of_today_and_the_days_before(sunday, say, days):
    sunday.at("12:00", TOMORROW + days * DAY)
    with pytest.raises(DayOutOfReach):
        say()
    assert not Outage.objects.exists()


@pytest.mark.parametrize(
    "hours", [(time(9), time(9)), (time(10), time(9)), (time(9), None), (None, time(9))]
)
def test_hours_end_after_they_begin(sunday, say, hours):
    sunday.at("12:00")
    with pytest.raises(HoursTurnedRound):
        say(*hours)


@pytest.mark.parametrize("reason", ["", "  ", "ب" * 101])
def test_an_outage_has_a_reason(sunday, say, reason):
    sunday.at("12:00")
    with pytest.raises(NoReason):
        say(reason=reason)


def test_the_same_hours_are_recorded_once(sunday, say):
    sunday.at("12:00")
    say(time(9), time(11))
    with pytest.raises(AlreadyRecorded):
        say(time(9), time(10))
    say(time(9), time(12))
    assert Outage.objects.count() == 2


def test_touched_are_those_who_stand_and_those_who_were_missed(sunday):
    book(sunday.sara, make_slot(sunday.office, "15:00"), sunday.petition)
    hours = {"office": sunday.office, "day": TOMORROW}
    assert touched_by(**hours, from_hour=None, until_hour=None).count() == 2
    assert touched_by(**hours, from_hour=time(9), until_hour=time(11)).count() == 1
    sunday.evening()
    assert touched_by(**hours, from_hour=time(9), until_hour=time(11)).count() == 1
