import pytest
from django.utils import timezone

from nobat.visits.call import call_visit
from nobat.visits.display import MOST_NUMBERS, display
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in


@pytest.fixture
def come(office, maryam):
    """So many people come without an appointment."""
    return lambda people: [walk_in(office=office, by=maryam) for _ in range(people)]


def shown(office):
    found = display(office, timezone.now())
    return found.being_served, found.waiting


def test_the_last_called_stands_first_and_those_who_wait_are_counted(office, maryam, come, clock):
    for visit in come(4)[:2]:
        clock.shift(60)
        call_visit(visit=visit, by=maryam)
    assert shown(office) == ([2, 1], 2)


def test_whoever_is_through_is_no_longer_shown(office, maryam, come):
    first, second = come(2)
    call_visit(visit=first, by=maryam)
    finish_visit(visit=first, outcome=VisitState.SERVED, by=maryam)
    finish_visit(visit=second, outcome=VisitState.LEFT, by=maryam)
    assert shown(office) == ([], 0)


def test_more_numbers_than_a_screen_can_show_are_left_out(office, maryam, come):
    for visit in come(MOST_NUMBERS + 2):
        call_visit(visit=visit, by=maryam)
    numbers, waiting = shown(office)
    assert (len(numbers), waiting) == (MOST_NUMBERS, 0)


def test_another_office_and_yesterday_are_not_shown(office, naser, come, clock):
    come(1)
    assert shown(naser.memberships.get().office) == ([], 0)
    clock.shift(24 * 3600)
    assert shown(office) == ([], 0)


def test_a_display_takes_one_statement(office, come, django_assert_num_queries):
    come(3)
    with django_assert_num_queries(1):
        shown(office)
