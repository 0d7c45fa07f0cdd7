from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.demo.accounts import demo_offices
from nobat.demo.country import Size, make_country
from nobat.demo.office_day import TODAY
from nobat.demo.progress import Progress
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.visits.day_list import day_list
from nobat.visits.integrity import check_integrity
from tests.build import bring_back_places_and_services

SMALL = Size(offices=12, days=10, seed=7)


def made(tmp_path):
    bring_back_places_and_services()
    with open(tmp_path / "progress", "w") as out:
        make_country(SMALL, Progress(out))
    return day_list(demo_offices()[0], tehran_day(timezone.now()), timezone.now())


@pytest.mark.django_db
def test_the_desk_of_the_demo_has_somebody_in_each_state(tmp_path):
    found = made(tmp_path)

    assert len(found.being_served) == 1
    assert len(found.here) == 4
    assert len(found.through) == 5
    assert found.late == 1
    people = found.being_served + found.here + found.through + found.expected
    assert len(people) == len(TODAY) + 1


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_lies_within_one_day_whatever_the_hour(tmp_path, clock, hour):
    today = tehran_day(timezone.now())
    clock.move_to(start_of_day(today) + timedelta(hours=hour, minutes=30))

    found = made(tmp_path)

    people = found.being_served + found.here + found.through + found.expected
    assert {tehran_day(line.hour) for line in people} == {today}


@pytest.mark.django_db(transaction=True)
def test_the_day_breaks_no_invariant(tmp_path):
    made(tmp_path)

    assert [finding for finding in check_integrity() if finding.rows] == []
