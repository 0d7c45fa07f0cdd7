import pytest

from nobat.appointments.models import Appointment, Status
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import Visit, VisitState
from nobat.visits.walk_in import walk_in
from tests.build import sign_in_staff

HTMX = {"HX-Request": "true"}


@pytest.fixture
def here(at_ten, office, maryam) -> Visit:
    return check_in(appointment=at_ten, office=office, by=maryam)


def state():
    return Visit.objects.get().state


@pytest.mark.parametrize("address", ["/office/next/", "/office/visits/1/call/"])
def test_calling_says_the_number(here, maryam_works, address):
    answer = maryam_works.post(address, follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    assert "شمارهٔ ۱" in answer.content.decode()
    assert state() == VisitState.BEING_SERVED


def test_pressing_next_twice_calls_just_the_one_who_was_named(here, office, maryam, maryam_works):
    walk_in(office=office, by=maryam)
    for _ in range(2):
        answer = maryam_works.post("/office/next/", {"number": "1"}, follow=True)
    assert "همین حالا عوض شده است" in answer.content.decode()
    assert Visit.objects.filter(state=VisitState.BEING_SERVED).get() == here


def test_done_is_one_press(here, maryam_works):
    maryam_works.post("/office/visits/1/served/")
    assert state() == VisitState.SERVED


def test_back_in_the_queue(here, maryam_works):
    maryam_works.post("/office/visits/1/call/")
    maryam_works.post("/office/visits/1/back/")
    assert state() == VisitState.WAITING


def test_a_wrong_check_in_is_taken_back(here, maryam_works):
    maryam_works.post("/office/visits/1/undo/")
    assert not Visit.objects.exists()
    assert Appointment.objects.get().status == Status.BOOKED


def test_for_htmx_the_list_comes_back_with_what_happened(here, maryam_works):
    text = maryam_works.post("/office/visits/1/call/", headers=HTMX).content.decode()
    assert "شمارهٔ ۱ صدا زده شد" in text
    assert "<html" not in text


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("act", ["call", "served", "back", "undo"])
def test_what_is_over_is_refused_in_words(here, maryam, maryam_works, act, headers):
    finish_visit(visit=here, outcome=VisitState.SERVED, by=maryam)
    answer = maryam_works.post(f"/office/visits/1/{act}/", headers=headers, follow=True)
    assert "همین حالا عوض شده است" in answer.content.decode()
    assert state() == VisitState.SERVED


def test_with_nobody_waiting_next_says_so(maryam_works):
    text = maryam_works.post("/office/next/", follow=True).content.decode()
    assert "اکنون کسی در صف نیست" in text


@pytest.mark.parametrize("act", ["call", "served", "back", "undo"])
def test_another_offices_visitor_is_not_found(here, client, naser, act):
    answer = sign_in_staff(client, naser).post(f"/office/visits/1/{act}/")
    assert answer.status_code == 404
    assert state() == VisitState.WAITING


@pytest.mark.parametrize("act", ["next", "visits/1/call", "visits/1/undo"])
def test_opened_like_a_page_nothing_happens(here, maryam_works, act):
    assert maryam_works.get(f"/office/{act}/").status_code == 405
    assert state() == VisitState.WAITING
