from datetime import timedelta
from uuid import uuid4

from nobat.appointments.forget_requests import REMEMBERED_FOR, forget_old_requests
from nobat.appointments.models import Appointment, TurnRequest
from tests.build import book


def test_a_press_of_the_button_is_remembered_for_two_days(sara, slot, petition, clock):
    book(sara, slot, petition)
    clock.shift(REMEMBERED_FOR - timedelta(seconds=1))
    assert forget_old_requests() == 0
    clock.shift(timedelta(seconds=1))
    assert forget_old_requests() == 1
    assert not TurnRequest.objects.exists()
    assert Appointment.objects.exists()


def test_until_then_the_same_press_gets_the_same_appointment(sara, slot, petition, clock):
    key = uuid4()
    first = book(sara, slot, petition, key=key)
    clock.shift(timedelta(hours=1))
    forget_old_requests()
    assert book(sara, slot, petition, key=key) == first
