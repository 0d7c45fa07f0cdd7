from datetime import timedelta

from nobat.schedule.last_turn import last_turn
from nobat.schedule.models import Slot
from tests.build import TOMORROW, make_office, make_slot


def test_the_day_ends_with_its_last_turn(office):
    make_slot(office, "09:00")
    last = make_slot(office, "12:30")
    assert last_turn(office, TOMORROW) == last.ends_at


def test_a_turn_that_is_no_longer_offered_counts_while_somebody_holds_it(office):
    first, last = make_slot(office, "09:00"), make_slot(office, "12:30")
    Slot.objects.filter(pk=last.pk).update(offered=0)
    assert last_turn(office, TOMORROW) == first.ends_at
    Slot.objects.filter(pk=last.pk).update(taken=1)
    assert last_turn(office, TOMORROW) == last.ends_at


def test_other_offices_and_other_days_do_not_count(office):
    make_slot(make_office("1033"), "09:00")
    make_slot(office, "09:00", day=TOMORROW + timedelta(days=1))
    assert last_turn(office, TOMORROW) is None
