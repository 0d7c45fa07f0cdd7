from itertools import count

import pytest

from bench.citizens import READY, Ready, is_booked, is_signed_in


def test_what_was_written_and_not_asked_is_asked_next_time():
    numbers = count()
    ready = Ready(lambda: b"%d" % next(numbers)).written_ahead()
    assert [next(ready), next(ready)] == [b"0", b"1"]
    assert next(ready.written_ahead()) == b"2"
    assert next(numbers) == READY + 2


def test_when_all_is_asked_more_is_written():
    numbers = count()
    ready = Ready(lambda: b"%d" % next(numbers))
    assert [next(ready), next(ready)] == [b"0", b"1"]


@pytest.mark.parametrize(
    ("head", "booked", "signed_in"),
    [
        (b"http/1.1 302 found\r\nlocation: /my/appointments/", True, False),
        (
            b"http/1.1 302 found\r\nlocation: /my/appointments/\r\nset-cookie: session=abc",
            True,
            True,
        ),
        (b"http/1.1 302 found\r\nlocation: /sign-in/\r\nset-cookie: session=abc", False, False),
        (b"http/1.1 422 no", False, False),
    ],
)
def test_only_the_right_redirect_is_a_good_answer(head, booked, signed_in):
    assert is_booked(head) == booked
    assert is_signed_in(head) == signed_in
