"""An order is given, carried out and lifted while everybody else acts, too."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.close import LookAgain
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Answer, Appointment, Outcome, Proposal, Status
from nobat.appointments.proposal import accept_proposal
from nobat.orders import run
from nobat.orders.lift import lift_order
from nobat.orders.run import run_orders
from nobat.orders.scope import touched
from nobat.schedule.models import ClosureOrder, Hold, Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import check_integrity
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_person, make_slot, move
from tests.orders.conftest import give, order_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("round_", range(3))
MONDAY = TOMORROW + timedelta(days=1)


@pytest.fixture
def crowd(fars, petition) -> list[Appointment]:
    """All sixteen seats of tomorrow at office 1021."""
    seats = [slot for slot in slots_of(TOMORROW) for _ in range(slot.capacity)]
    return [book(who, slot, petition) for who, slot in zip(people(16), seats, strict=True)]


def people(number, first=0):
    return [make_person(mobile=f"+98912333{each:04}") for each in range(first, first + number)]


def slots_of(day):
    return list(Slot.objects.filter(day=day).order_by("starts_at"))


def order_tomorrow(by, **scope):
    """As on the page: look, press, and look again as often as need be."""
    order = order_of(by, **{"is_nationwide": True} | scope)
    while True:
        try:
            return give(order)
        except LookAgain:
            order.pk = None


def everything_is_in_order():
    assert [finding for finding in check_integrity() if finding.rows] == []
    for order in ClosureOrder.objects.filter(state="done"):
        assert not touched(order).exists()
    told = Counter(OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).values_list("about"))
    assert set(told.values()) <= {1}
    assert sum(told.values()) == Proposal.objects.count()
    return True


@ROUNDS
def test_nobody_stands_in_what_was_ordered_closed_while_it_was_booked(
    dr_karimi, fars, petition, round_
):
    slots = slots_of(TOMORROW)
    wishes = [
        (who, slots[number % 7], 4 if number % 3 else 1) for number, who in enumerate(people(14))
    ]

    answers = at_once(
        [lambda w=wish: book(w[0], w[1], petition, cases=w[2]) for wish in wishes]
        + [lambda: order_tomorrow(dr_karimi)]
    )
    run_orders()

    booked = [answer for answer in answers if isinstance(answer, Appointment)]
    assert Proposal.objects.count() == len(booked)
    assert not Appointment.objects.filter(status=Status.BOOKED).exists()
    assert everything_is_in_order()


@ROUNDS
def test_three_workers_at_once_tell_everybody_once(crowd, dr_karimi, monkeypatch, round_):
    monkeypatch.setattr(run, "AT_ONCE", 3)
    order_tomorrow(dr_karimi)

    assert sum(at_once([run_orders] * 3)) == 16

    assert Proposal.objects.count() == 16
    assert everything_is_in_order()


@ROUNDS
def test_deleting_and_moving_away_meanwhile_give_back_every_seat_once(
    crowd, dr_karimi, petition, monkeypatch, round_
):
    monkeypatch.setattr(run, "AT_ONCE", 4)
    order_tomorrow(dr_karimi)
    of_monday = slots_of(MONDAY)
    deleting, moving = crowd[::4], crowd[1::4]

    at_once(
        [lambda a=a: cancel_appointment(appointment=a, by=a.citizen) for a in deleting]
        + [lambda a=a, to=to: move(a, to) for a, to in zip(moving, of_monday, strict=False)]
        + [run_orders] * 2
    )

    gone = Appointment.objects.filter(pk__in=[each.pk for each in deleting])
    assert set(gone.values_list("status", flat=True)) == {Status.CANCELLED_BY_CITIZEN}
    assert not Slot.objects.filter(day=TOMORROW, taken__gt=0).exists()
    assert everything_is_in_order()


@ROUNDS
def test_lifted_in_the_middle_everybody_is_either_told_or_untouched(
    crowd, dr_karimi, monkeypatch, round_
):
    monkeypatch.setattr(run, "AT_ONCE", 1)
    order = order_tomorrow(dr_karimi)

    at_once([run_orders, run_orders, lambda: lift_order(order=order, by=dr_karimi)])

    left = Appointment.objects.filter(status=Status.BOOKED, day=TOMORROW).count()
    assert Proposal.objects.count() + left == 16
    assert everything_is_in_order()
    assert run_orders() == 0
    assert sum(slot.offered for slot in slots_of(TOMORROW)) == 16


@ROUNDS
def test_accepting_an_hour_while_it_closes_is_either_refused_or_undone(crowd, dr_karimi, round_):
    order_tomorrow(dr_karimi)
    run_orders()
    displaced = list(Appointment.objects.filter(status=Status.DISPLACED))
    assert set(Proposal.objects.values_list("slot__day", flat=True)) == {MONDAY}

    at_once(
        [lambda a=a: accept_proposal(appointment=a, key=uuid4()) for a in displaced[:8]]
        + [lambda: order_tomorrow(dr_karimi, first_day=MONDAY, last_day=MONDAY), run_orders]
    )
    run_orders()

    assert not Appointment.objects.filter(status=Status.BOOKED).exists()
    assert not Proposal.objects.open().filter(slot__day=MONDAY).exists()
    assert [finding for finding in check_integrity() if finding.rows] == []


@ROUNDS
def test_of_several_displaced_people_one_gets_the_last_seat(office, petition, round_):
    last = make_slot(office, "10:00", day=MONDAY)
    hours = [make_slot(office, f"{8 + number:02}:00") for number in range(6)]
    booked = [book(who, slot, petition) for who, slot in zip(people(6), hours, strict=True)]
    Slot.objects.filter(day=TOMORROW).update(offered=0)

    at_once(
        [lambda a=a: displace_appointment(appointment=a, reason="برف", by=None) for a in booked]
    )

    assert Hold.objects.get().slot == last
    assert Counter(Proposal.objects.values_list("outcome", flat=True)) == {
        Outcome.SAME_OFFICE: 1,
        Outcome.NONE: 5,
    }
    assert everything_is_in_order()


@ROUNDS
def test_accepted_in_several_windows_it_is_taken_once(sara, slot, office, petition, round_):
    there = make_slot(office, "10:00", day=MONDAY, capacity=3)
    appointment = book(sara, slot, petition)
    Slot.objects.filter(pk=slot.pk).update(offered=0)
    displace_appointment(appointment=appointment, reason="برف", by=None)
    windows = [Appointment.objects.get() for _ in range(5)]

    answers = at_once([lambda a=a: accept_proposal(appointment=a, key=uuid4()) for a in windows])

    there.refresh_from_db()
    assert there.taken == 1
    assert Proposal.objects.get().answer == Answer.ACCEPTED
    assert sum(not isinstance(answer, str) for answer in answers) == 1
    assert everything_is_in_order()


@ROUNDS
def test_a_seat_that_is_booked_at_the_moment_in_which_it_is_kept_goes_to_one(
    sara, slot, office, petition, round_
):
    """Three seats, one kept already: bookings and holds meet in what is left."""
    there = make_slot(office, "10:00", day=MONDAY, capacity=3)
    kept = book(sara, slot, petition)
    falling = [
        book(who, make_slot(office, f"{11 + n}:00"), petition) for n, who in enumerate(people(3))
    ]
    Slot.objects.filter(day=TOMORROW).update(offered=0)
    displace_appointment(appointment=kept, reason="برف", by=None)
    others = people(6, first=50)

    answers = at_once(
        [lambda a=a: displace_appointment(appointment=a, reason="برف", by=None) for a in falling]
        + [lambda who=who: book(who, there, petition) for who in others]
        + [lambda: accept_proposal(appointment=kept, key=uuid4())]
    )

    there.refresh_from_db()
    assert there.taken + Hold.objects.filter(slot=there).count() <= 3
    kept.refresh_from_db()
    assert (kept.status, kept.slot) == (Status.BOOKED, there)
    assert answers.count("SlotFull") >= 4
    assert everything_is_in_order()


@ROUNDS
def test_two_orders_at_once_for_one_day_tell_everybody_once(crowd, dr_karimi, monkeypatch, round_):
    monkeypatch.setattr(run, "AT_ONCE", 3)

    at_once([lambda: order_tomorrow(dr_karimi), lambda: order_tomorrow(dr_karimi, stays=50)])
    at_once([run_orders] * 3)
    run_orders()

    assert Proposal.objects.count() == 16
    assert everything_is_in_order()
