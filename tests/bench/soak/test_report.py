from collections import Counter

import pytest
from defusedxml import ElementTree

from bench.soak.report import Moment, figures, findings, growth, p99_by_minute, soak_picture
from bench.soak.visit import Told

MINUTES = 8


def seen(web=lambda minute: 200.0, worker=lambda minute: 70.0, unsent=0):
    """What was seen each minute."""
    return [
        Moment(
            at=1000.0 + 60 * minute,
            web_mb=web(minute),
            worker_mb=worker(minute),
            database_mb=50.0,
            connections=9,
            unsent=unsent,
        )
        for minute in range(MINUTES)
    ]


def told(waits=0.01, **wrong):
    waited = [(1000.0 + 30 * number, waits) for number in range(2 * MINUTES)]
    return Told(answers=Counter(booked=2), wrong=Counter(wrong), waits=waited)


def test_nothing_is_found_where_memory_is_flat_and_all_answers_are_good():
    assert findings(figures(told(), seen())) == []


def test_caches_may_fill_in_the_first_half():
    moments = seen(web=lambda minute: min(100.0 + 50 * minute, 250.0))
    assert growth(moments)["web_mb"] == 0


def test_what_grows_on_is_found_though_it_grows_slowly():
    moments = seen(worker=lambda minute: 70.0 + 3 * minute)
    assert findings(figures(told(), moments)) == [
        "the memory of worker grew by 7.2% in the second half"
    ]


@pytest.mark.parametrize(
    ("told", "moments", "found"),
    [
        (told(page=3), seen(), "3 times page"),
        (told(waits=2.5), seen(), "people had to wait"),
        (told(), seen(unsent=1), "messages were left"),
    ],
    ids=["an error", "slow answers", "an SMS"],
)
def test_each_of_these_fails_it(told, moments, found):
    assert findings(figures(told, moments)) == [found]


def test_the_slowest_are_those_of_their_minute():
    waits = [(1000.0 + number, 0.01) for number in range(60)] + [(1061.0, 3.0)]
    assert p99_by_minute(Told(waits=waits), 1000.0) == [(0.5, 0.01), (1.5, 3.0)]


def test_the_picture_has_a_curve_for_each_program():
    drawn = ElementTree.fromstring(soak_picture(told(), seen()))
    curves = list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))
    assert len(curves) == 5
