"""A day at office 1021 for the tests of the counter."""

import pytest

from nobat.appointments.models import Appointment
from tests.build import book
from tests.visits.sunday import Sunday


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    """Sara's, tomorrow at ten."""
    return book(sara, slot, petition)


@pytest.fixture
def at_ten(appointment, clock) -> Appointment:
    """It is Sunday, ten o'clock, the hour of Sara's appointment."""
    clock.move_to(appointment.starts_at)
    return appointment


@pytest.fixture
def sunday(clock, office, petition, sara, reza, maryam) -> Sunday:
    """Sunday, on which Sara has the turn at ten, and Reza was there at nine."""
    return Sunday(clock, office, petition, sara, reza, maryam)
