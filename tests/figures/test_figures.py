from dataclasses import fields
from datetime import timedelta

import pytest

from nobat.figures.figures import Figures, Part, counted_days, daily_figures, figures_by, in_span
from nobat.figures.models import DayTotal, OfficeDayTotal
from nobat.figures.month import Span
from tests.build import TOMORROW, make_county, make_office
from tests.figures.totals import total

pytestmark = pytest.mark.django_db
TODAY = TOMORROW - timedelta(days=1)


@pytest.fixture
def elsewhere():
    return make_office("1023", county=make_county("2301"))


@pytest.fixture
def neighbour():
    return make_office("1022", county=make_county("0701"))


def test_every_count_of_a_day_has_its_figure():
    counted = {field.name for field in DayTotal._meta.fields} - {"day"}
    assert {field.name for field in fields(Figures)} == counted


def test_each_part_has_its_own(office, neighbour, elsewhere):
    for number, each in enumerate((office, neighbour, elsewhere)):
        total(each, TODAY, appointments=10**number)
    fars = office.county.province
    parts = [
        Part(),
        Part(fars),
        Part(fars, office.county),
        Part(fars, office.county, office),
        Part(elsewhere.county.province),
    ]

    found = [daily_figures(part, TODAY, TODAY)[TODAY].appointments for part in parts]
    assert found == [111, 11, 1, 1, 100]


def test_only_the_days_of_a_span_are_added_up(office):
    for day in (TODAY - timedelta(days=1), TODAY, TOMORROW):
        total(office, day, came=3, wait=2)
    daily = daily_figures(Part(), TODAY - timedelta(days=1), TOMORROW)

    assert in_span(daily, Span(TODAY, TOMORROW, "")) == Figures(came=6, wait=4)


def test_figures_of_many_parts_are_read_at_once(office, neighbour, django_assert_num_queries):
    total(office, TODAY, came=4)
    total(office, TOMORROW, came=5)
    total(neighbour, TODAY, came=7)

    with django_assert_num_queries(1):
        found = figures_by(OfficeDayTotal.objects.all(), "office", Span(TODAY, TOMORROW, ""))
    assert found == {office.pk: Figures(came=9), neighbour.pk: Figures(came=7)}


def test_shares_are_of_what_they_are_part_of():
    figures = Figures(
        offered=10,
        held=6,
        came=7,
        no_shows=2,
        excused=1,
        cancelled=3,
        displaced=4,
        wait=9,
        measured=2,
    )

    assert figures.use == 0.6
    assert figures.no_show_share == 0.2
    assert figures.days_to_first_free == 4.5
    assert figures.fallen == 10


def test_of_nothing_there_is_no_share():
    nothing = Figures()
    assert (nothing.use, nothing.no_show_share, nothing.days_to_first_free) == (None, None, None)


def test_the_first_and_last_counted_day(office):
    assert counted_days() is None
    total(office, TOMORROW)
    total(office, TODAY)
    assert counted_days() == (TODAY, TOMORROW)
