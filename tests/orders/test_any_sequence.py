"""Whatever happens in whatever order: what is always true is true after every step.

`ANY_SEQUENCES=1000` tries so many sequences, each time other ones; otherwise a few, always
the same.
"""

import os
from contextlib import suppress
from datetime import time, timedelta
from itertools import chain, repeat
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nobat.appointments.book import book_appointment
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.close import affected_by, close_office
from nobat.appointments.models import Appointment, Status
from nobat.appointments.move import move_appointment
from nobat.appointments.proposal import accept_proposal
from nobat.appointments.remind import remind_of_tomorrow
from nobat.appointments.renew_proposals import renew_lost_proposals
from nobat.offices.models import Office, OfficeStatus
from nobat.orders import run
from nobat.orders.lift import lift_order
from nobat.orders.office_status import end_office, ending_order, open_office
from nobat.orders.run import run_order, run_orders
from nobat.orders.scope import seen_now, touched
from nobat.schedule.closure_models import OrderState
from nobat.schedule.closures import reopen
from nobat.schedule.hold import forget_lapsed_holds
from nobat.schedule.models import Closure, ClosureOrder, Hold, Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.sms.models import OutgoingSms, State
from nobat.visits.check_in import check_in, undo_check_in
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.integrity import findings
from nobat.visits.models import Visit
from nobat.visits.outage import record_outage
from tests.build import make_county, make_hours, make_office, make_person
from tests.conftest import SATURDAY_8_AM
from tests.orders.conftest import WEEK, give, order_of

pytestmark = pytest.mark.django_db

SEQUENCES = int(os.environ.get("ANY_SEQUENCES", "0"))
THOROUGH = settings(
    max_examples=SEQUENCES or 50,
    stateful_step_count=40 if SEQUENCES else 25,
    derandomize=not SEQUENCES,
    deadline=None,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
AHEAD = timedelta(days=4)
SOME = st.integers(0, 200)  # which one, of however many there are
PARTS = st.sampled_from([(None, None), (None, None), (time(8), time(9)), (time(9), time(10))])
WHERE = st.sampled_from(
    [
        {"is_nationwide": True},
        {"is_nationwide": True, "but_offices": ["1021"]},
        {"provinces": ["07"], "but_counties": ["0722"]},
        {"provinces": ["07"], "spares_exempt": True},
        {"counties": ["0707"]},
        {"offices": ["1021", "1100"]},
    ]
)


def if_there_is(what):
    """A rule for which there is nothing to do only makes the sequence shorter."""
    return precondition(lambda self: what in self.there_is)


class AnySequence(RuleBasedStateMachine):
    """Three small offices with few seats, six citizens, and everything that anybody may do."""

    world: SimpleNamespace  # made once; each sequence begins in it
    there_is: frozenset[str] = frozenset()

    @initialize(
        so_far=st.sampled_from(
            ["nothing", "tomorrow is full", "and closes", "and is told", "and is told"]
        )
    )
    def begin(self, so_far):
        self.world.clock.move_to(SATURDAY_8_AM)
        self.undone_at_the_end = transaction.atomic()
        self.undone_at_the_end.__enter__()
        if so_far == "nothing":
            return
        for citizen, slot in zip(self.world.citizens, Slot.objects.order_by("pk"), strict=False):
            self._book(citizen, slot, 1)
        if so_far != "tomorrow is full":
            give(order_of(self.world.member, is_nationwide=True))
        if so_far == "and is told":
            run_orders()

    def teardown(self):
        if hasattr(self, "undone_at_the_end"):
            transaction.set_rollback(True)
            self.undone_at_the_end.__exit__(None, None, None)

    # ------------------------------------------------------------------- citizens

    @rule(who=SOME, which=SOME, cases=st.sampled_from([1, 1, 3]))
    def book(self, who, which, cases):
        slot = one_of(Slot.objects.filter(offered__gt=0), which)
        if slot:
            self._book(one_of_list(self.world.citizens, who), slot, cases)

    @if_there_is("hold")
    @rule(who=SOME, which=SOME)
    def book_what_is_kept_for_somebody(self, who, which):
        slot = one_of(Slot.objects.filter(hold__isnull=False), which)
        if slot:
            self._book(one_of_list(self.world.citizens, who), slot, 1)

    @if_there_is("standing")
    @rule(which=SOME, to=SOME, cases=st.sampled_from([1, 3]))
    def move(self, which, to, cases):
        appointment, slot = one_of(self._standing(), which), one_of(Slot.objects.all(), to)
        if appointment and slot:
            self._move(appointment, slot, cases)

    @if_there_is("standing")
    @rule(which=SOME)
    def cancel(self, which):
        appointment = one_of(self._standing(), which)
        if appointment:
            with suppress(RuleBroken):
                cancel_appointment(appointment=appointment, by=appointment.citizen)

    @if_there_is("displaced")
    @rule(how_many=st.integers(1, 3))
    def accept_what_is_proposed(self, how_many):
        for appointment in self._displaced().order_by("pk")[:how_many]:
            with suppress(RuleBroken):
                accept_proposal(appointment=appointment, key=uuid4())

    @if_there_is("displaced")
    @rule(which=SOME, to=SOME)
    def take_another_hour(self, which, to):
        appointment, slot = one_of(self._displaced(), which), one_of(Slot.objects.all(), to)
        if appointment and slot:
            self._move(appointment, slot, appointment.cases)

    # ------------------------------------------------------------------- at the office

    @if_there_is("expected today")
    @rule(which=SOME)
    def check_in(self, which):
        today = tehran_day(timezone.now())
        expected = Appointment.objects.filter(day=today, status=Status.BOOKED)
        appointment = one_of(expected, which)
        if appointment:
            with suppress(RuleBroken):
                check_in(appointment=appointment, office=appointment.office, by=self.world.clerk)

    @if_there_is("visit")
    @rule(which=SOME)
    def undo_check_in(self, which):
        visit = one_of(Visit.objects.all(), which)
        if visit:
            with suppress(RuleBroken):
                undo_check_in(visit=visit, by=self.world.clerk)

    @rule(which=SOME, hours=PARTS)
    def close_own_office(self, which, hours):
        slot, by = one_of(that_matters(), which), self.world.clerk
        when = {
            "office": slot.office,
            "day": slot.day,
            "from_hour": hours[0],
            "until_hour": hours[1],
        }
        with suppress(RuleBroken):
            close_office(reason="قطع برق", by=by, seen=affected_by(**when).version, **when)

    @if_there_is("own closure")
    @rule(which=SOME)
    def reopen_own_office(self, which):
        closure = one_of(Closure.objects.filter(order=None), which)
        if closure:
            with suppress(RuleBroken):
                reopen(office=closure.office, closure_id=closure.pk, by=self.world.clerk)

    @if_there_is("expected today")
    @rule(where=SOME)
    def say_that_nobody_could_be_served_today(self, where):
        with suppress(RuleBroken):
            record_outage(
                office=one_of(Office.objects.all(), where),
                day=tehran_day(timezone.now()),
                from_hour=None,
                until_hour=None,
                reason="قطعی اینترنت",
                by=self.world.clerk,
            )

    # ------------------------------------------------------------------- the association

    @rule(
        where=WHERE,
        which=SOME,
        more_days=st.sampled_from([0, 0, 1]),
        hours=PARTS,
        stays=st.sampled_from([0, 0, 50]),
        at_once=st.booleans(),
    )
    def order_closure(self, where, which, more_days, hours, stays, at_once):
        first = one_of(that_matters(), which).day
        order = order_of(
            self.world.member,
            first_day=first,
            last_day=first + timedelta(days=more_days),
            from_hour=hours[0],
            until_hour=hours[1],
            stays=stays,
            **where,
        )
        with suppress(RuleBroken):
            give(order)
        if at_once:
            self.carry_out_all()

    @if_there_is("running order")
    @rule(how_many=st.integers(1, 3))
    def carry_it_out_in_part(self, how_many):
        """As a worker that is killed: each person is told in a transaction of its own."""
        order = ClosureOrder.objects.filter(state=OrderState.RUNNING).order_by("pk").first()
        if order:
            moments = chain(repeat(0.0, how_many), repeat(99.0))
            watch = SimpleNamespace(monotonic=lambda: next(moments))
            with patch.object(run, "AT_ONCE", 1), patch.object(run, "time", watch):
                run_order(order, 1.0)

    @if_there_is("running order")
    @rule()
    def a_worker_does_all(self):
        self.carry_out_all()

    @if_there_is("order")
    @rule(which=SOME)
    def lift(self, which):
        order = one_of(ClosureOrder.objects.exclude(state=OrderState.LIFTED), which)
        if order:
            with suppress(RuleBroken):
                lift_order(order=order, by=self.world.member)

    @rule(where=SOME, status=st.sampled_from([OfficeStatus.SUSPENDED, OfficeStatus.CLOSED]))
    def end_office(self, where, status):
        office, now = one_of(Office.objects.all(), where), timezone.now()
        first = tehran_day(now) + timedelta(days=1)
        order = ending_order(
            office=office, first_day=first, reason="تعلیق", key=uuid4(), by=self.world.member
        )
        with suppress(RuleBroken):
            end_office(office=office, status=status, order=order, seen=str(seen_now(order, now)))

    @if_there_is("shut office")
    @rule(where=SOME)
    def open_office_again(self, where):
        shut = Office.objects.exclude(status=OfficeStatus.OPEN)
        with suppress(RuleBroken):
            open_office(office=one_of(shut, where), by=self.world.member)

    # ------------------------------------------------------------------- time

    @rule(hours=st.sampled_from([1, 3, 9, 15, 24, 37]))
    def time_goes_by(self, hours):
        self.world.clock.shift(timedelta(hours=hours))

    @if_there_is("coming")
    @rule(which=SOME)
    def it_becomes_an_hour_that_is_taken(self, which):
        coming = Appointment.objects.filter(status=Status.BOOKED, starts_at__gt=timezone.now())
        appointment = one_of(coming, which)
        if appointment:
            self.world.clock.move_to(appointment.starts_at)

    @rule()
    def upkeep(self):
        publish_slots(ahead=AHEAD)
        remind_of_tomorrow()
        close_finished_days()
        forget_lapsed_holds()
        renew_lost_proposals()
        promised = self._displaced().values("pk")  # the others have just been given back
        for hold in Hold.objects.filter(until__gt=timezone.now(), kept_for__in=promised):
            others = seats_held_in(hold.slot, but_for=hold.kept_for)
            assert hold.slot.taken + others < hold.slot.offered, "proposed, and not given"

    @if_there_is("waiting sms")
    @rule(which=SOME)
    def an_sms_does_not_arrive(self, which):
        sms = one_of(OutgoingSms.objects.filter(state=State.WAITING), which)
        if sms:
            OutgoingSms.objects.filter(pk=sms.pk).update(state=State.GIVEN_UP)

    # ------------------------------------------------------------------- what is always true

    @invariant()
    def what_is_always_true_is_true(self):
        with connection.cursor() as cursor:
            broken = [str(finding) for finding in findings(cursor) if finding.rows]
        assert broken == []

    @invariant()
    def nobody_stands_in_what_was_closed(self):
        done = ClosureOrder.objects.filter(state=OrderState.DONE, stays=0)
        assert [(order, touched(order)) for order in done if touched(order).exists()] == []

    @invariant()
    def look_what_there_is(self):
        now, orders = timezone.now(), ClosureOrder.objects
        booked = Appointment.objects.filter(status=Status.BOOKED)
        rows = {
            "hold": Hold.objects,
            "standing": self._standing(),
            "displaced": self._displaced(),
            "coming": booked.filter(starts_at__gt=now),
            "expected today": booked.filter(day=tehran_day(now)),
            "visit": Visit.objects,
            "own closure": Closure.objects.filter(order=None),
            "running order": orders.filter(state=OrderState.RUNNING),
            "order": orders.exclude(state=OrderState.LIFTED),
            "shut office": Office.objects.exclude(status=OfficeStatus.OPEN),
            "waiting sms": OutgoingSms.objects.filter(state=State.WAITING),
        }
        self.there_is = frozenset(what for what, found in rows.items() if found.exists())

    # ------------------------------------------------------------------- the same in fewer words

    def carry_out_all(self):
        running = list(ClosureOrder.objects.filter(state=OrderState.RUNNING))
        run_orders()
        assert [order for order in running if touched(order).exists()] == []

    def _standing(self):
        return Appointment.objects.filter(status__in=[Status.BOOKED, Status.DISPLACED])

    def _displaced(self):
        return Appointment.objects.filter(status=Status.DISPLACED)

    def _book(self, citizen, slot, cases):
        with suppress(RuleBroken):
            book_appointment(
                citizen=citizen, slot_id=slot.pk, service="petition", cases=cases, key=uuid4()
            )

    def _move(self, appointment, slot, cases):
        with suppress(RuleBroken):
            move_appointment(
                appointment=appointment,
                slot_id=slot.pk,
                service="petition",
                cases=cases,
                key=uuid4(),
            )


def that_matters():
    """Slots in which a seat is taken or kept; if there are none, all."""
    used = Slot.objects.filter(Q(taken__gt=0) | Q(hold__isnull=False)).distinct()
    return used if used.exists() else Slot.objects.all()


def seats_held_in(slot, *, but_for):
    held = Hold.objects.filter(slot=slot, until__gt=timezone.now())
    return held.exclude(kept_for=but_for).count()


def one_of(rows, which):
    """None if there are none."""
    return one_of_list(list(rows.order_by("pk")), which)


def one_of_list(rows, which):
    return rows[which % len(rows)] if rows else None


@pytest.fixture
def world(clock, office, petition, maryam, dr_karimi) -> SimpleNamespace:
    """Saturday at eight; until Wednesday each office has a turn every half hour until ten."""
    there = {"services": [petition], "is_exempt": True}
    marvdasht = make_county("0722", "مرودشت")
    offices = [
        office,
        make_office("1022", lat=29.63, lon=52.55, **there),
        make_office("1100", services=[petition], county=marvdasht, lat=29.87, lon=52.8),
    ]
    for each, seats in zip(offices, [1, 1, 2], strict=True):
        make_hours(each, WEEK, closes_at=time(10), seats=seats)
    publish_slots(ahead=AHEAD)
    return SimpleNamespace(
        clock=clock,
        clerk=maryam,
        member=dr_karimi,
        citizens=[make_person(mobile=f"+98912111{number:04}") for number in range(6)],
    )


def test_what_is_always_true_is_true_after_any_sequence_of_acts(world):
    AnySequence.world = world
    run_state_machine_as_test(AnySequence, settings=THOROUGH)
