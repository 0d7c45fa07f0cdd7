import time

import pytest

from bench.soak.visit import REFUSED, Told, is_home, reference_in, session_in

SIGNED_IN = (
    b"http/1.1 302 found\r\nlocation: /my/appointments/\r\n"
    b"set-cookie: csrf=abc; path=/\r\nset-cookie:  session=k3y; httponly; path=/\r\n"
)
BOOKED = b"http/1.1 302 found\r\nlocation: /my/appointments/1234567890/\r\nvary: cookie"


def test_who_has_signed_in_goes_on_with_the_new_session():
    assert session_in(SIGNED_IN) == "k3y"
    assert session_in(BOOKED) == ""


def test_a_booking_leads_to_its_tracking_code():
    assert reference_in(BOOKED) == "1234567890"


def test_who_signs_out_is_led_home_and_nowhere_else():
    assert is_home(b"http/1.1 302 found\r\nlocation: /\r\nvary: cookie")
    assert not is_home(BOOKED)


@pytest.mark.parametrize(
    ("status", "is_good", "answers", "wrong"),
    [
        (b"302", True, {"booked": 1}, {}),
        (b"409", False, {REFUSED: 1}, {}),
        (b"500", False, {}, {"booked: 500": 1}),
        (b"302", False, {}, {"booked: 302": 1}),
    ],
)
def test_an_answer_that_is_neither_good_nor_a_refusal_is_wrong(status, is_good, answers, wrong):
    told = Told()
    told.note("booked", b"http/1.1 " + status, time.monotonic(), is_good=is_good)
    assert (told.answers, told.wrong) == (answers, wrong)
    assert len(told.waits) == 1
