from nobat.web.straight_booking import StraightBooking
from nobat.wsgi import application, pages


def test_a_booking_is_answered_before_the_pages():
    assert isinstance(application, StraightBooking)
    assert application.application is pages
