from datetime import timedelta
from uuid import uuid4

import pytest

from nobat.appointments import policy
from nobat.appointments.book import SlotFull
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Answer, Appointment, Proposal, Status
from nobat.appointments.proposal import NothingProposed, accept_proposal, open_proposal
from nobat.schedule.models import Hold
from tests.build import TOMORROW, book, make_slot, move

pytestmark = pytest.mark.django_db
MONDAY = TOMORROW + timedelta(days=1)


@pytest.fixture
def there(office):
    return make_slot(office, "10:00", day=MONDAY)


@pytest.fixture
def appointment(sara, slot, petition, there) -> Appointment:
    """Displaced, with the hour of Monday kept for it."""
    booked = book(sara, slot, petition)
    type(slot).objects.filter(pk=slot.pk).update(offered=0)
    displace_appointment(appointment=booked, reason="آلودگی هوا", by=None)
    return booked


def accept(appointment):
    return accept_proposal(appointment=appointment, key=uuid4())


def test_accepting_takes_the_seat_that_was_kept(appointment, there):
    accept(appointment)

    appointment.refresh_from_db()
    there.refresh_from_db()
    assert (appointment.status, appointment.slot, there.taken) == (Status.BOOKED, there, 1)
    assert Proposal.objects.get().answer == Answer.ACCEPTED
    assert not Hold.objects.exists()


def test_pressed_twice_it_is_taken_once(appointment, there):
    key = uuid4()
    accept_proposal(appointment=appointment, key=key)
    with pytest.raises(NothingProposed):
        accept_proposal(appointment=appointment, key=key)

    there.refresh_from_db()
    assert there.taken == 1


def test_a_lapsed_one_is_still_given_while_its_seat_is_free(appointment, clock, office, reza):
    far = make_slot(office, "10:00", day=MONDAY + timedelta(days=6))
    Proposal.objects.update(slot=far, held_until=appointment.starts_at)
    clock.move_to(appointment.starts_at + timedelta(hours=1))

    accept(appointment)

    appointment.refresh_from_db()
    assert appointment.slot == far


def test_one_that_lapsed_and_was_taken_is_refused(appointment, clock, office, petition, reza):
    far = make_slot(office, "10:00", day=MONDAY + timedelta(days=6))
    Proposal.objects.update(slot=far, held_until=appointment.starts_at)
    clock.move_to(appointment.starts_at + timedelta(hours=1))
    book(reza, far, petition)

    with pytest.raises(SlotFull):
        accept(appointment)


def test_another_hour_frees_the_one_that_was_kept_some_minutes_later(
    appointment, office, there, reza, petition, clock
):
    move(appointment, make_slot(office, "12:00", day=MONDAY))

    assert Proposal.objects.get().answer == Answer.ANOTHER_HOUR
    with pytest.raises(SlotFull):
        book(reza, there, petition)
    clock.shift(policy.SEAT_COMES_BACK_AFTER[1])
    assert book(reza, there, petition)


def test_so_does_giving_the_turn_up_some_minutes_later(
    appointment, sara, there, reza, petition, clock
):
    cancel_appointment(appointment=appointment, by=sara)

    assert Proposal.objects.get().answer == Answer.NOT_WANTED
    assert open_proposal(appointment) is None
    clock.shift(policy.SEAT_COMES_BACK_AFTER[1])
    assert book(reza, there, petition)


def test_without_a_proposal_there_is_nothing_to_accept(sara, slot, petition):
    with pytest.raises(NothingProposed):
        accept(book(sara, slot, petition))
