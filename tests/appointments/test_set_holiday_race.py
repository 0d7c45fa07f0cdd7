"""A day becomes a holiday while citizens book it and move to it."""

from datetime import timedelta

import pytest

from nobat.appointments.empty_holiday import empty_holidays_ahead
from nobat.appointments.models import Appointment, Status
from nobat.appointments.set_holiday import MoreAreTouched, move_holiday, set_holiday
from nobat.appointments.touched_by_holiday import standing_on, touched_by_holiday
from nobat.schedule.models import Holiday, HolidayKind, Slot
from nobat.schedule.publish import publish_slots
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import check_integrity
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_hours, make_person

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = TOMORROW + timedelta(days=1)


@pytest.fixture
def busy_office(office):
    make_hours(office, range(7))
    publish_slots()
    return office


def crowd(size):
    return [make_person(mobile=f"+98912111{number:04}") for number in range(size)]


def seen_again(act, day):
    """As somebody does who looks, presses, and looks again as often as need be."""
    while True:
        try:
            return act(seen=touched_by_holiday(day).version)
        except MoreAreTouched:
            continue


def everybody_has_one_outcome(day):
    empty_holidays_ahead()
    assert not standing_on(day).exists()
    assert [finding for finding in check_integrity() if finding.rows] == []
    displaced = Appointment.objects.filter(status=Status.DISPLACED).count()
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == displaced
    return True


@pytest.mark.parametrize("round_", range(2))
def test_nobody_stands_on_a_day_that_became_a_holiday_while_it_was_booked(
    dr_karimi, busy_office, petition, round_
):
    slots = list(Slot.objects.filter(day=TOMORROW).order_by("-starts_at"))
    wishes = [
        (who, slots[number % 8], 4 if number % 3 else 1) for number, who in enumerate(crowd(16))
    ]
    holiday = {"day": TOMORROW, "title": "سوگواری", "kind": HolidayKind.DECREED, "by": dr_karimi}

    answers = at_once(
        [lambda w=wish: book(w[0], w[1], petition, cases=w[2]) for wish in wishes]
        + [lambda: seen_again(lambda **look: set_holiday(**holiday, **look), TOMORROW)]
        + [empty_holidays_ahead]
    )

    assert any(isinstance(answer, Appointment) for answer in answers)
    assert Holiday.objects.filter(day=TOMORROW).count() == 1
    assert everybody_has_one_outcome(TOMORROW)


def test_two_who_move_a_holiday_and_the_job_end_each_appointment_once(
    dr_karimi, busy_office, petition
):
    holiday = Holiday.objects.create(day=TOMORROW, title="عید سعید قربان", is_estimated=True)
    slots = list(Slot.objects.filter(day=AFTER).order_by("starts_at"))
    for number, who in enumerate(crowd(8)):
        book(who, slots[number], petition)
    asked = {"holiday_id": holiday.pk, "was": TOMORROW, "to": AFTER, "by": dr_karimi}

    at_once(
        [lambda: seen_again(lambda **look: move_holiday(**asked, **look), AFTER)] * 2
        + [empty_holidays_ahead] * 2
    )

    assert Appointment.objects.filter(status=Status.DISPLACED).count() == 8
    assert everybody_has_one_outcome(AFTER)
