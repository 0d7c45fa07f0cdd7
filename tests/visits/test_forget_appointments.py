"""Two years later: turns and visits are gone with all that hangs on them, the totals stay."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from nobat.appointments.models import Appointment, Objection, Proposal, Suspension
from nobat.appointments.objection import object_to_suspension
from nobat.figures.count import count_days
from nobat.figures.models import OfficeDayTotal
from nobat.schedule.models import Slot
from nobat.sms.forget import forget_old_sms
from nobat.sms.models import OutgoingSms, State
from nobat.visits.forget_appointments import forget_old_appointments
from nobat.visits.integrity import check_integrity
from nobat.visits.models import Visit, VisitState
from tests.build import TOMORROW, book, close, make_slot, make_visit, miss

pytestmark = pytest.mark.django_db
KEPT_FOR = settings.KEPT.appointments


@pytest.fixture
def sunday(sara, reza, slot, office, petition, maryam, clock):
    """Reza came, Sara did not and objected; somebody came without a turn and got her seat."""
    came = book(reza, make_slot(office, "09:00"), petition)
    missed = book(sara, slot, petition)
    clock.move_to(slot.starts_at)
    make_visit(office, by=maryam, appointment=came)
    make_visit(office, by=maryam, in_place_of=missed, state=VisitState.SERVED)
    week = miss(missed)
    clock.move_to(week.starts_at + timedelta(hours=1))
    object_to_suspension(suspension=week, text="در دفتر بودم.", citizen=sara)


def move_to(clock, days: int) -> None:
    """So many days after the first on which Sunday's turns may go."""
    clock.move_to(timezone.now() + KEPT_FOR + timedelta(days=days))


def test_nothing_goes_before_its_time(sunday, clock):
    move_to(clock, 0)
    assert forget_old_appointments() == 0
    assert Appointment.objects.count() == 2


def test_turns_and_visits_go_with_all_that_hangs_on_them(sunday, clock):
    move_to(clock, 1)
    assert forget_old_appointments() == 3
    for rows in (Appointment, Visit, Suspension, Objection, Slot):
        assert not rows.objects.exists(), rows
    assert forget_old_appointments() == 0


def test_what_a_closure_left_behind_goes_too(sara, slot, petition, office, bahram, clock):
    book(sara, slot, petition)
    make_slot(office, "09:00", day=TOMORROW + timedelta(days=1))
    close(office, by=bahram)
    move_to(clock, 3)
    forget_old_appointments()

    assert not Proposal.objects.exists()
    assert not Appointment.objects.exists()


def test_later_hours_of_the_office_stay(sunday, office, clock):
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=9))
    move_to(clock, 1)
    forget_old_appointments()

    assert list(Slot.objects.all()) == [later]


def test_the_totals_of_the_day_stay_even_if_it_is_counted_again(sunday, clock):
    count_days(first=TOMORROW, last=TOMORROW)
    before = list(OfficeDayTotal.objects.order_by("pk").values())
    assert before
    move_to(clock, 1)
    forget_old_appointments()
    count_days(first=TOMORROW, last=TOMORROW)

    assert list(OfficeDayTotal.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_what_is_always_true_still_is(sunday, clock):
    OutgoingSms.objects.update(state=State.SENT)
    move_to(clock, 1)
    forget_old_appointments()
    forget_old_sms()

    assert [each.sentence for each in check_integrity() if each.rows] == []
