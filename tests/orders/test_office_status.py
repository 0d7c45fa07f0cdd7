from uuid import uuid4

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.offices.models import OfficeStatus
from nobat.orders.office_status import SoAlready, end_office, ending_order, open_office
from nobat.orders.run import run_orders
from nobat.orders.scope import seen_now
from nobat.schedule.models import ClosureOrder, Slot
from tests.build import TOMORROW, book

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspend(fars, dr_karimi):
    def act(status=OfficeStatus.SUSPENDED, key=None):
        order = ending_order(
            office=fars,
            first_day=TOMORROW,
            reason="تعلیق پروانه",
            key=key or uuid4(),
            by=dr_karimi,
        )
        seen = str(seen_now(order, timezone.now()))
        end_office(office=fars, status=status, order=order, seen=seen)

    return act


def test_its_appointments_go_the_way_of_a_closure(suspend, fars, marvdasht, sara, petition):
    book(sara, Slot.objects.filter(office=fars, day=TOMORROW).first(), petition)
    suspend()
    run_orders()

    fars.refresh_from_db()
    appointment = Appointment.objects.get()
    assert (fars.status, appointment.status) == (OfficeStatus.SUSPENDED, Status.DISPLACED)
    assert appointment.proposals.get().slot.office == marvdasht


def test_opened_again_it_gives_its_seats_again(suspend, fars, dr_karimi):
    before = Slot.objects.free().filter(office=fars).count()
    suspend()
    assert Slot.objects.free().filter(office=fars).count() == 0

    open_office(office=fars, by=dr_karimi)

    fars.refresh_from_db()
    assert fars.status == OfficeStatus.OPEN
    assert ClosureOrder.objects.get().state == "lifted"
    assert Slot.objects.free().filter(office=fars).count() >= before


def test_so_already_is_said(suspend, fars, dr_karimi):
    suspend()
    with pytest.raises(SoAlready):
        suspend()
    assert ClosureOrder.objects.count() == 1

    open_office(office=fars, by=dr_karimi)
    with pytest.raises(SoAlready):
        open_office(office=fars, by=dr_karimi)


def test_pressed_twice_it_is_done_once(suspend):
    key = uuid4()
    suspend(key=key)
    suspend(key=key)

    assert ClosureOrder.objects.count() == 1
