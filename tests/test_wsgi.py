from nobat.web.seen import Seen
from nobat.web.straight_booking import StraightBooking
from nobat.web.straight_office import StraightOffice
from nobat.wsgi import application, bookings, offices, pages


def test_a_booking_and_the_page_of_an_office_are_answered_before_the_pages():
    assert isinstance(bookings, StraightBooking)
    assert bookings.application is offices
    assert isinstance(offices, StraightOffice)
    assert offices.application is pages


def test_everything_is_seen_also_what_is_answered_before_the_pages():
    assert isinstance(application, Seen)
    assert application.application is bookings
