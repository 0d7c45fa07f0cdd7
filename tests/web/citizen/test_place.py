import re

import pytest

from nobat.people.models import Session
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.visits.walk_in import walk_in
from tests.build import book, make_slot, sign_in

BY_ITSELF = {"HX-Request": "true", "X-By-Itself": "1"}


@pytest.fixture
def at_ten(sara, slot, petition, clock):
    """It is the day and the hour of Sara's appointment."""
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    return appointment


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def page_of(appointment):
    return f"/my/appointments/{appointment.reference}/"


def shown_on(client, appointment):
    """What the page says now, in short, as it would send it along."""
    text = client.get(page_of(appointment)).content.decode()
    return re.search(r'name="shown" value="([^"]+)"', text)[1]


def ask(client, appointment, shown):
    return client.get(f"{page_of(appointment)}place/", {"shown": shown}, headers=BY_ITSELF)


def test_without_news_nothing_is_sent(at_ten, office, maryam, sara_browses):
    check_in(appointment=at_ten, office=office, by=maryam)
    shown = shown_on(sara_browses, at_ten)
    answer = ask(sara_browses, at_ten, shown)
    assert (answer.status_code, answer.content) == (204, b"")


def test_being_called_comes_as_soon_as_the_page_asks(at_ten, office, maryam, sara_browses):
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    shown = shown_on(sara_browses, at_ten)
    call_visit(visit=visit, by=maryam)
    text = ask(sara_browses, at_ten, shown).content.decode()
    assert "شما را صدا زده‌اند؛ شمارهٔ ۱" in text
    assert "<html" not in text


def test_more_people_in_the_office_are_news_for_who_is_expected(
    at_ten, office, maryam, sara_browses
):
    shown = shown_on(sara_browses, at_ten)
    walk_in(office=office, by=maryam)
    text = ask(sara_browses, at_ten, shown).content.decode()
    assert "اکنون ۱ نفر در این دفتر منتظر" in text


@pytest.mark.parametrize("then", ["checked in", "through"])
def test_when_the_rest_of_the_page_has_grown_old_it_is_loaded_anew(
    at_ten, office, maryam, sara_browses, then
):
    shown = shown_on(sara_browses, at_ten)
    visit = check_in(appointment=at_ten, office=office, by=maryam)
    if then == "through":
        shown = shown_on(sara_browses, at_ten)
        finish_visit(visit=visit, outcome=VisitState.SERVED, by=maryam)
    assert ask(sara_browses, at_ten, shown)["HX-Refresh"] == "true"


def test_a_page_that_asks_by_itself_is_not_somebody_at_the_phone(at_ten, sara_browses, clock):
    shown = shown_on(sara_browses, at_ten)
    seen_at = Session.objects.get().seen_at
    clock.shift(3600)
    ask(sara_browses, at_ten, shown)
    assert Session.objects.get().seen_at == seen_at


def test_opened_as_a_page_it_leads_to_the_appointment(at_ten, sara_browses):
    assert sara_browses.get(f"{page_of(at_ten)}place/").url == page_of(at_ten)


def test_it_takes_three_statements(at_ten, office, maryam, sara_browses, django_assert_num_queries):
    check_in(appointment=at_ten, office=office, by=maryam)
    with django_assert_num_queries(3):
        ask(sara_browses, at_ten, "here-1-3")


def test_somebody_elses_place_is_not_found(at_ten, client, reza):
    assert ask(sign_in(client, reza), at_ten, "").status_code == 404


def test_a_stranger_signs_in_first(at_ten, client):
    assert ask(client, at_ten, "")["HX-Redirect"].startswith("/sign-in/?next=")


def test_of_another_day_there_is_nothing_to_ask(sara, office, petition, sara_browses):
    appointment = book(sara, make_slot(office, "12:00"), petition)
    text = sara_browses.get(page_of(appointment)).content.decode()
    assert "hx-get" not in text
    assert "htmx" not in text.split("</head>")[1]
