import io
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count

from nobat.appointments.models import Appointment, Status
from nobat.demo.country import Size, gather_statistics, make_country
from nobat.demo.progress import Progress
from nobat.figures.figures import Part, added_up, daily_figures
from nobat.figures.keep import count_since
from tests.build import TOMORROW

TODAY = TOMORROW - timedelta(days=1)
PAST = timedelta(days=15)
FIRST = TODAY - PAST


@pytest.fixture
def country(db, monkeypatch):
    monkeypatch.setattr("nobat.demo.past.PAST", PAST)
    make_country(Size(offices=12, days=10, seed=7), Progress(io.StringIO()))


def past():
    """Without the few days of the demo's own offices."""
    return Appointment.objects.filter(
        day__range=(FIRST, TODAY - timedelta(days=1)),
        office__in=(
            Appointment.objects.filter(status=Status.DISPLACED).values("office")
            | Appointment.objects.filter(day=FIRST + timedelta(days=3)).values("office")
        ),
    )


def test_every_way_in_which_an_appointment_ends_has_happened(country):
    ended = Counter(past().values_list("status", flat=True))

    assert set(ended) == set(Status.values) - {Status.BOOKED.value}
    assert ended[Status.CHECKED_IN] > sum(ended.values()) / 2


def test_it_is_one_office_of_a_province(country):
    offices = (
        past().values("office__county__province").annotate(number=Count("office", distinct=True))
    )
    assert {row["number"] for row in offices} == {1}


def test_figures_are_what_a_recount_of_its_rows_says(country):
    gather_statistics()
    count_since(FIRST)

    figures = added_up(daily_figures(Part(), FIRST, TODAY - timedelta(days=1)).values())
    rows = Appointment.objects.filter(day__range=(FIRST, TODAY - timedelta(days=1)))
    ended = Counter(rows.values_list("status", flat=True))
    assert figures.appointments == sum(ended.values()) > 100
    assert (figures.came, figures.no_shows, figures.excused, figures.displaced) == tuple(
        ended[status]
        for status in (Status.CHECKED_IN, Status.NO_SHOW, Status.EXCUSED, Status.DISPLACED)
    )
    assert figures.cancelled == ended[Status.CANCELLED_BY_CITIZEN]
    assert 0.3 < figures.use < 0.9
