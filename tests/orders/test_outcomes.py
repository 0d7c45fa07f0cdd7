import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.orders.outcomes import outcomes_of, progress_of, told_by_office
from nobat.schedule.models import Slot
from nobat.sms.models import NOT_REACHED, Kind, OutgoingSms, State
from tests.build import TOMORROW, book
from tests.orders.conftest import give, order_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(sara, reza, fars, petition):
    slots = Slot.objects.filter(office=fars, day=TOMORROW)[:2]
    return [book(who, slot, petition) for who, slot in zip((sara, reza), slots, strict=True)]


def test_progress_counts_those_told_and_those_left(two, dr_karimi, close):
    assert progress_of(give(order_of(dr_karimi, counties=["0707"])))[:] == (0, 2)
    order = close(is_nationwide=True)

    assert sum(progress_of(each).told for each in type(order).objects.all()) == 2
    assert progress_of(order).left == 0


def test_outcomes_say_what_became_of_everybody(two, sara, close):
    order = close(is_nationwide=True)
    two[0].refresh_from_db()
    cancel_appointment(appointment=two[0], by=sara)

    found = outcomes_of(order)
    assert (found.same_office, found.all, found.not_wanted, found.waiting) == (2, 2, 1, 1)
    (of_office,) = told_by_office(order)
    assert (of_office["code"], of_office["people"], of_office["waiting"]) == ("1021", 2, 1)


@pytest.mark.parametrize("state", NOT_REACHED)
def test_whom_the_sms_did_not_reach_is_to_be_called(two, close, state):
    order = close(is_nationwide=True)
    OutgoingSms.objects.update(state=State.DELIVERED)
    assert outcomes_of(order).to_call == 0

    one = OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).first()
    OutgoingSms.objects.filter(pk=one.pk).update(state=state)
    assert outcomes_of(order).to_call == 1
