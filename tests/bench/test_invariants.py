import pytest
from django.db import connection

from bench.invariants import RULES, Broken, refuse_broken, refuse_unless
from nobat.appointments.models import Appointment
from nobat.schedule.models import Slot
from nobat.sms.models import OutgoingSms
from nobat.visits.check_in import check_in
from nobat.visits.models import OfficeDay, Visit
from tests.build import book, make_slot


@pytest.fixture
def two_here(sara, reza, office, petition, maryam, clock):
    """Two who were checked in, with the numbers 1 and 2."""
    turns = [
        book(citizen, make_slot(office, hour), petition)
        for citizen, hour in ((sara, "10:00"), (reza, "11:00"))
    ]
    clock.move_to(turns[0].starts_at)
    for turn in turns:
        check_in(appointment=turn, office=office, by=maryam)
    return turns


def broken():
    with connection.cursor() as cursor:
        cursor.execute(RULES)
        return {rule for rule, count in cursor.fetchall() if count}


def test_what_was_booked_and_checked_in_breaks_nothing(two_here):
    assert broken() == set()


@pytest.mark.parametrize(
    ("plant", "rule"),
    [
        (lambda: Slot.objects.update(taken=0), "counter differs"),
        (lambda: OutgoingSms.objects.all().delete(), "without their SMS"),
        (lambda: Visit.objects.filter(number=2).update(number=3), "gap or a double"),
        (lambda: OfficeDay.objects.update(last_number=3), "gap or a double"),
        (lambda: OfficeDay.objects.all().delete(), "has not begun"),
        (lambda: Appointment.objects.update(status="booked"), "not checked in"),
        (lambda: Visit.objects.filter(number=2).delete(), "checked in without a visit"),
    ],
)
def test_a_planted_mistake_is_found(two_here, plant, rule):
    plant()
    assert any(rule in found for found in broken())


def test_a_broken_rule_is_named_with_how_many_break_it():
    with pytest.raises(Broken, match="3 slots with more seats"):
        refuse_broken([("people lost", 0), ("slots with more seats", 3)])


def test_what_holds_is_not_refused():
    refuse_unless(True, "never said")
    refuse_broken([("people lost", 0)])
