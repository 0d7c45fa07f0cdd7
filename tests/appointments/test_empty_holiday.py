from datetime import timedelta

import pytest

from nobat.appointments.empty_holiday import empty_holiday, empty_holidays_ahead
from nobat.appointments.models import Status
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Holiday
from nobat.sms.models import Kind, OutgoingSms
from tests.build import TOMORROW, book, make_slot

DAY = timedelta(days=1)


@pytest.fixture
def standing(sara, reza, office, petition):
    return [
        book(sara, make_slot(office, "10:00"), petition),
        book(reza, make_slot(office, "11:00"), petition),
    ]


@pytest.fixture
def holiday(standing, dr_karimi):
    """Made while they stood, as by a request that was killed."""
    return Holiday.objects.create(day=TOMORROW, title="عید سعید قربان", decided_by=dr_karimi)


def statuses(appointments):
    for appointment in appointments:
        appointment.refresh_from_db()
    return [appointment.status for appointment in appointments]


def test_everybody_who_stands_on_a_holiday_is_displaced_once_and_told_why(
    standing, holiday, dr_karimi
):
    assert empty_holidays_ahead() == 2
    assert empty_holidays_ahead() == 0

    assert statuses(standing) == [Status.DISPLACED, Status.DISPLACED]
    assert standing[0].reason == "عید سعید قربان"
    standing[0].slot.refresh_from_db()
    assert standing[0].slot.taken == 0
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 2
    acts = JournalEntry.objects.filter(act=Act.DISPLACED)
    assert set(acts.values_list("by", flat=True)) == {f"people.Person:{dr_karimi.pk}"}


def test_some_are_left_for_the_next_call(standing, holiday):
    assert empty_holiday(holiday, at_most=1) == 1
    assert statuses(standing) == [Status.DISPLACED, Status.BOOKED]

    assert empty_holidays_ahead() == 1
    assert statuses(standing) == [Status.DISPLACED, Status.DISPLACED]


def test_a_holiday_that_moved_away_meanwhile_takes_nobody_along(standing, holiday):
    Holiday.objects.filter(pk=holiday.pk).update(day=TOMORROW + DAY)

    assert empty_holiday(holiday) == 0
    assert statuses(standing) == [Status.BOOKED, Status.BOOKED]


def test_other_days_and_days_that_are_over_are_left_alone(standing, holiday, clock):
    Holiday.objects.filter(pk=holiday.pk).update(day=TOMORROW + DAY)
    assert empty_holidays_ahead() == 0

    Holiday.objects.filter(pk=holiday.pk).update(day=TOMORROW)
    clock.shift(2 * DAY)
    assert empty_holidays_ahead() == 0
