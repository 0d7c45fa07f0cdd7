from datetime import timedelta

import pytest

from nobat.appointments.displace import displace_locked
from nobat.appointments.models import Appointment, Outcome, Proposal, Status
from nobat.journal.models import JournalEntry
from nobat.offices.models import OfficeStatus
from nobat.orders import run
from nobat.orders.run import run_orders
from nobat.schedule.models import ClosureOrder, Slot
from nobat.sms.models import Kind, OutgoingSms
from tests.build import TOMORROW, book, make_person
from tests.orders.conftest import give, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(fars, petition) -> list[Appointment]:
    """Eight people, tomorrow at office 1021."""
    slots = Slot.objects.filter(office=fars, day=TOMORROW).order_by("starts_at")
    people = [make_person(mobile=f"+98912222{number:04}") for number in range(8)]
    return [book(who, slot, petition) for who, slot in zip(people, slots, strict=False)]


def statuses() -> set[str]:
    return set(Appointment.objects.values_list("status", flat=True))


def test_everybody_gets_one_outcome_and_one_sms(crowd, close):
    order = close(is_nationwide=True)

    assert order.state == "done"
    assert statuses() == {Status.DISPLACED}
    assert Proposal.objects.filter(order=order, outcome=Outcome.SAME_OFFICE).count() == 8
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 8
    assert set(Appointment.objects.values_list("reason", flat=True)) == {"آلودگی هوا"}
    assert JournalEntry.objects.get(act="closure_done").details == {"told": 8}


def test_a_second_run_changes_nothing(crowd, close):
    close(is_nationwide=True)

    assert run_orders() == 0
    assert Proposal.objects.count() == OutgoingSms.objects.filter(kind="office_closed").count() == 8


def test_stopped_after_some_it_goes_on_with_the_others(crowd, dr_karimi, monkeypatch):
    give(order_of(dr_karimi, is_nationwide=True))
    moments = iter([0.0, 1, 99])
    monkeypatch.setattr(run, "AT_ONCE", 3)
    monkeypatch.setattr(run.time, "monotonic", lambda: next(moments))
    assert run_orders() == 3
    assert ClosureOrder.objects.get().state == "running"

    monkeypatch.undo()
    assert run_orders() == 5
    assert ClosureOrder.objects.get().state == "done"
    assert Proposal.objects.count() == 8


def test_one_that_cannot_be_told_keeps_nobody_else_waiting(crowd, dr_karimi, monkeypatch):
    unlucky = crowd[2].pk

    def fails_once(*, appointments, **more):
        if unlucky in {each.pk for each in appointments}:
            raise ValueError
        return displace_locked(appointments=appointments, **more)

    monkeypatch.setattr(run, "displace_locked", fails_once)
    order = give(order_of(dr_karimi, is_nationwide=True))

    assert run_orders() == 7
    order.refresh_from_db()
    assert order.state == "running"
    monkeypatch.undo()
    assert run_orders() == 1


def test_of_a_share_so_many_keep_their_seats(fars, petition, close, clock):
    slot = Slot.objects.filter(office=fars, day=TOMORROW).first()
    people = [make_person(mobile=f"+98912222{number:04}") for number in range(2)]
    first = book(people[0], slot, petition)
    clock.shift(timedelta(minutes=1))
    book(people[1], slot, petition)

    close(is_nationwide=True, stays=50)

    slot.refresh_from_db()
    first.refresh_from_db()
    assert (slot.taken, slot.offered, first.status) == (1, 1, Status.BOOKED)
    assert Proposal.objects.count() == 1


def test_a_proposal_in_hours_that_close_next_is_made_anew(sara, fars, petition, close):
    book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)
    close(is_nationwide=True)
    before = Proposal.objects.get()
    second = before.slot.day

    close(is_nationwide=True, first_day=second, last_day=second)

    after = Proposal.objects.get()
    assert after.slot.day > second
    assert OutgoingSms.objects.filter(kind=Kind.PROPOSED_AGAIN).count() == 1
    assert JournalEntry.objects.filter(act="proposed").exists()


def test_an_order_that_was_lifted_tells_nobody(crowd, dr_karimi):
    order = give(order_of(dr_karimi, is_nationwide=True))
    ClosureOrder.objects.filter(pk=order.pk).update(state="lifted", lifted_at=order.decided_at)

    assert run_orders() == 0
    assert statuses() == {Status.BOOKED}


def test_what_becomes_of_an_office_meanwhile_keeps_the_news_from_nobody(crowd, dr_karimi, fars):
    give(order_of(dr_karimi, is_nationwide=True, spares_exempt=True))
    fars.status, fars.is_exempt = OfficeStatus.CLOSED, True
    fars.save()

    assert run_orders() == 8
