"""Maryam sits at the desk of office 1021."""

import pytest
from django.test import Client

from nobat.appointments.models import Appointment
from tests.build import book, sign_in_staff


@pytest.fixture
def maryam_works(client, maryam) -> Client:
    return sign_in_staff(client, maryam)


@pytest.fixture
def at_ten(sara, slot, petition, office, clock) -> Appointment:
    """It is Sunday, ten o'clock, the hour of Sara's appointment at office 1021."""
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    return appointment
