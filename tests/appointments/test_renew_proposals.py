from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Outcome, Proposal
from nobat.appointments.renew_proposals import renew_lost_proposals
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Hold, Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from tests.build import TOMORROW, book, close, make_person, make_slot

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=2)


@pytest.fixture
def there(office):
    return make_slot(office, "10:00", day=MONDAY, capacity=2)


@pytest.fixture
def proposal(sara, slot, petition, there) -> Proposal:
    """Sara's hour of tomorrow fell out; that of Monday is kept for her."""
    return displaced(sara, slot, petition)


def displaced(citizen, slot, petition) -> Proposal:
    appointment = book(citizen, slot, petition)
    Slot.objects.filter(pk=slot.pk).update(offered=0)
    return displace_appointment(appointment=appointment, reason="برف", by=None)


def told() -> int:
    return OutgoingSms.objects.filter(kind=Kind.PROPOSED_AGAIN).count()


def test_an_hour_that_its_office_closes_is_replaced_and_said(proposal, office, bahram):
    other = make_slot(office, "10:00", day=TUESDAY)
    close(office, by=bahram, day=MONDAY)

    assert renew_lost_proposals() == 1

    proposal.refresh_from_db()
    assert proposal.slot == Hold.objects.get().slot == other
    assert told() == 1
    assert JournalEntry.objects.filter(act="proposed").count() == 1


def test_once_more_it_is_said_once_more(proposal, office, bahram, clock):
    for day in (MONDAY, TUESDAY):
        make_slot(office, "10:00", day=day + timedelta(days=1))
        close(office, by=bahram, day=day)
        clock.shift(timedelta(minutes=1))
        assert renew_lost_proposals() == 1

    assert told() == 2


def test_what_is_still_given_stays(proposal):
    assert renew_lost_proposals() == 0
    assert told() == 0


def test_a_seat_that_its_citizen_had_left_before_promises_nothing(proposal, slot):
    """It comes back to others in some minutes; that its slot has closed is no loss."""
    until = timezone.now() + timedelta(minutes=4)
    Hold.objects.create(slot=slot, until=until, kept_for=proposal.appointment_id)
    Slot.objects.filter(pk=slot.pk).update(held_until=until)

    assert renew_lost_proposals() == 0


def test_of_two_the_first_keeps_the_seat_that_is_left(proposal, reza, office, petition, there):
    second = displaced(reza, make_slot(office, "11:00"), petition)
    assert second.slot == there
    Slot.objects.filter(pk=there.pk).update(offered=1)

    assert renew_lost_proposals() == 1

    proposal.refresh_from_db()
    second.refresh_from_db()
    assert (proposal.slot, second.outcome) == (there, Outcome.NONE)


def test_without_another_hour_the_citizen_is_called_even_if_that_was_done(
    proposal, office, bahram, maryam, clock
):
    Proposal.objects.update(called_at=proposal.made_at, called_by=maryam)
    close(office, by=bahram, day=MONDAY)
    renew_lost_proposals()

    proposal.refresh_from_db()
    assert (proposal.outcome, proposal.needs_call, proposal.called_at) == ("none", True, None)
    assert told() == 0


def test_one_that_has_lapsed_is_left_alone(proposal, office, bahram, clock):
    clock.move_to(proposal.held_until)
    Slot.objects.filter(pk=proposal.slot_id).update(offered=0)

    assert renew_lost_proposals() == 0


def test_one_seat_too_few_of_two_turns_in_a_row_is_enough(office, petition, slot, reza):
    make_slot(office, "10:30")
    pair = [make_slot(office, at, day=MONDAY) for at in ("09:00", "09:30")]
    appointment = book(make_person(mobile="+989121110001"), slot, petition, cases=3)
    Slot.objects.filter(day=TOMORROW).update(offered=0)
    lost = displace_appointment(appointment=appointment, reason="برف", by=None)
    assert [lost.slot, lost.second_slot] == pair
    Slot.objects.filter(pk=pair[1].pk).update(offered=0)

    assert renew_lost_proposals() == 1
    assert not Hold.objects.exists()


@pytest.mark.parametrize("can_receive", [True, False])
def test_only_where_our_line_can_receive_the_sms_asks_for_one(
    proposal, office, bahram, settings, can_receive
):
    settings.SMS_ANSWERS = can_receive
    make_slot(office, "10:00", day=TUESDAY)
    close(office, by=bahram, day=MONDAY)
    renew_lost_proposals()

    sms = OutgoingSms.objects.get(kind=Kind.PROPOSED_AGAIN)
    assert ("«قبول» بفرستید" in text_of(sms.kind, sms.params)) == can_receive
