from random import Random

import pytest

from bench.crowd import OTHER, SOLD, TOO_LATE, arrival_curve, what_it_says

BOOKED = b"http/1.1 302 found\r\nlocation: /my/appointments/1234567890/"


@pytest.mark.parametrize(
    ("head", "is_page", "says"),
    [
        (b"http/1.1 200 ok", True, "page"),
        (BOOKED, False, SOLD),
        (b"http/1.1 409 conflict", False, TOO_LATE),
        (b"http/1.1 409 conflict", True, OTHER),
        (b"http/1.1 302 found\r\nlocation: /sign-in/", False, OTHER),
        (b"http/1.1 500 oh", True, OTHER),
    ],
)
def test_an_answer_is_a_word(head, is_page, says):
    assert what_it_says(head, is_page=is_page) == says


def test_everybody_comes_in_time_and_more_at_the_opening_than_later():
    arrivals = arrival_curve(3000, 10.0, Random(1))
    assert len(arrivals) == 3000
    assert 0 <= arrivals[0] <= arrivals[-1] <= 10
    assert sum(at < 10 / 3 for at in arrivals) > 1400
