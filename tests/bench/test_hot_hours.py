import pytest

from bench.hot_hours import is_booked_or_too_late, refuse_unless_sold_out
from bench.invariants import Broken


def head(status, location=""):
    return f"http/1.1 {status} x\r\nlocation: {location}\r\nvary: cookie".encode()


def test_all_seats_sold_and_each_buyer_told_is_right():
    refuse_unless_sold_out(seats=40, left=0, told=40, asked=900)


@pytest.mark.parametrize(("left", "told"), [(1, 39), (0, 39), (0, 41)])
def test_a_seat_left_lost_or_told_twice_is_a_broken_promise(left, told):
    with pytest.raises(Broken):
        refuse_unless_sold_out(seats=40, left=left, told=told, asked=900)


def test_where_few_have_asked_seats_may_be_left():
    refuse_unless_sold_out(seats=40, left=15, told=25, asked=30)


def test_a_refusal_is_as_good_an_answer_as_a_seat():
    assert is_booked_or_too_late(head(409))
    assert is_booked_or_too_late(head(302, "/my/appointments/1234567890/"))
    assert not is_booked_or_too_late(head(302, "/sign-in/"))
    assert not is_booked_or_too_late(head(429))
