from nobat.web.straight_booking import StraightBooking
from nobat.web.straight_office import StraightOffice
from nobat.wsgi import application, pages


def test_a_booking_and_the_page_of_an_office_are_answered_before_the_pages():
    assert isinstance(application, StraightBooking)
    assert isinstance(application.application, StraightOffice)
    assert application.application.application is pages
