"""Many windows move one person's appointment in one moment."""

from datetime import timedelta

import pytest

from nobat.appointments import policy
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment
from nobat.schedule.models import Slot
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_slot, move

NEXT_DAY = TOMORROW + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_displaced", [False, True])
def test_twenty_moves_at_once_are_twenty(sara, slot, petition, is_displaced):
    """Also from twenty windows that still show the appointment as displaced."""
    appointment = book(sara, slot, petition)
    if is_displaced:
        displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)
    hours = [
        make_slot(slot.office, f"{8 + number // 2:02}:{30 * (number % 2):02}", day=NEXT_DAY)
        for number in range(20)
    ]
    windows = [Appointment.objects.get() for _ in hours]

    answers = at_once(
        [lambda a=a, to=to: move(a, to) for a, to in zip(windows, hours, strict=True)]
    )

    may = policy.MOVES_PER_HOUR + is_displaced
    assert answers.count("TooOften") == 20 - may
    assert Appointment.objects.get().moves == may
    assert Slot.objects.filter(day=NEXT_DAY, hold__isnull=False).count() == may - 1
