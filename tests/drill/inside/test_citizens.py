import pytest

from drill.inside.citizens import what_it_says
from drill.ledger import CONFIRMED, REFUSED, UNKNOWN
from nobat.appointments.book import SlotFull

BOOKED = b"http/1.1 302 found\r\nlocation: /my/appointments/1234567890/\r\nvary: cookie"


@pytest.mark.parametrize(
    ("act", "head", "says"),
    [
        ("book", BOOKED, (CONFIRMED, "", "1234567890")),
        ("move", BOOKED, (CONFIRMED, "", "")),
        ("cancel", b"http/1.1 302 found\r\nlocation: /my/appointments/", (CONFIRMED, "", "")),
        ("book", b"http/1.1 302 found\r\nlocation: /sign-in/", (UNKNOWN, "302", "")),
        ("book", b"http/1.1 503 busy", (UNKNOWN, "503", "")),
        ("book", b"http/1.1 500 oh", (UNKNOWN, "500", "")),
        ("book", b"http/1.1 409 conflict", (REFUSED, "SlotFull", "")),
        ("move", b"http/1.1 404 not found", (REFUSED, "there is no such appointment", "")),
    ],
)
def test_an_answer_says_yes_or_no_or_nothing(act, head, says):
    assert what_it_says(act, head, f"<h1>{SlotFull.message}</h1>") == says


def test_a_refusal_for_another_reason_is_none_that_is_looked_into():
    head = b"http/1.1 429 too many"
    assert what_it_says("book", head, "<h1>…</h1>") == (REFUSED, "other", "")
