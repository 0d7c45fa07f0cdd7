from datetime import timedelta

from nobat.visits.forget_names import KEPT_FOR, forget_names_of_walk_ins
from nobat.visits.models import Visit
from nobat.visits.walk_in import walk_in


def test_the_name_of_a_walk_in_is_kept_for_a_month_and_no_longer(office, maryam, clock):
    visit = walk_in(office=office, by=maryam, name="رضا")
    clock.shift(KEPT_FOR)
    assert forget_names_of_walk_ins() == 0
    clock.shift(timedelta(days=1))
    assert forget_names_of_walk_ins() == 1
    assert Visit.objects.get(pk=visit.pk).name == ""
    assert forget_names_of_walk_ins() == 0
