from nobat.web.seen import Seen
from nobat.web.straight_booking import StraightBooking
from nobat.web.straight_pages import StraightPages
from nobat.wsgi import application, bookings, looks, pages


def test_a_booking_and_what_everybody_looks_at_are_answered_before_the_pages():
    assert isinstance(bookings, StraightBooking)
    assert bookings.application is looks
    assert isinstance(looks, StraightPages)
    assert looks.application is pages


def test_everything_is_seen_also_what_is_answered_before_the_pages():
    assert isinstance(application, Seen)
    assert application.application is bookings
