import pytest
from defusedxml import ElementTree

from bench.crowd import SOLD, TOO_LATE, Told
from bench.rush_report import Moment, centile, figures, p99_by_second, rush_picture

TOLD = [
    Told("page", 0.4, 0.1),
    Told(SOLD, 1.2, 0.2),
    Told(TOO_LATE, 1.9, 0.3),
    Told(TOO_LATE, 2.5, 1.5),
]
MOMENTS = [Moment(100 + second, 1, 3, memory) for second, memory in enumerate([90, 100, 103])]


def test_the_slowest_refusal_is_said_and_nobody_elses_answer():
    found = figures(TOLD, MOMENTS, people=3, seats=1)
    assert found["refused_max_s"] == 1.5
    assert found["refused_p50_s"] == 1.5
    assert (found["sold"], found["answers"][TOO_LATE]) == (1, 2)


def test_memory_is_compared_between_the_beginning_and_the_end():
    assert figures(TOLD, MOMENTS, people=3, seats=1)["memory_grew_mb"] == 13


def test_a_rush_without_refusals_has_no_slow_one():
    assert figures(TOLD[:2], MOMENTS, people=1, seats=1)["refused_max_s"] == 0


@pytest.mark.parametrize(("part", "value"), [(0.0, 1), (0.5, 51), (0.99, 100)])
def test_a_centile_is_a_value_that_was_seen(part, value):
    assert centile(range(100, 0, -1), part) == value


def test_each_second_has_its_slowest():
    assert p99_by_second(TOLD) == [(0.5, 0.1), (1.5, 0.3), (2.5, 1.5)]


def test_the_picture_has_a_curve_for_each_of_four_questions():
    drawn = ElementTree.fromstring(rush_picture(TOLD, MOMENTS))
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))) == 4
