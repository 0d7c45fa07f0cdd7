import re

import pytest

from nobat import web
from nobat.offices.models import OfficeStatus
from nobat.visits.call import call_visit
from nobat.visits.check_in import check_in
from nobat.visits.walk_in import walk_in
from tests.build import book, sign_in

PAGE = "/offices/1021/display/"
TRICKS = r"var\(|--\w|grid|flex|:has|:is|:where|calc|clamp|inset|(in|b)line-(size|start|end)|@layer"


def text_of(client):
    return client.get(PAGE).content.decode()


def test_the_screen_shows_the_number_served_how_many_wait_and_the_hour(client, office, maryam):
    for _ in range(3):
        visit = walk_in(office=office, by=maryam)
    call_visit(visit=visit, by=maryam)
    text = text_of(client)
    assert '<p class="last">۳</p>' in text
    assert "در صف: <b>۲</b> نفر" in text
    assert "دفتر نارنجستان" in text
    assert "۰۸:۰۰" in text


def test_the_last_called_stands_first(client, office, maryam, clock):
    for _ in range(2):
        clock.shift(60)
        call_visit(visit=walk_in(office=office, by=maryam), by=maryam)
    text = text_of(client)
    assert '<p class="last">۲</p>' in text
    assert '<p class="others"><b>۱</b>' in text


def test_before_anybody_was_called_it_says_where_to_look(client, office, maryam):
    assert "خوش آمدید" in text_of(client)
    walk_in(office=office, by=maryam)
    assert "کمی صبر کنید" in text_of(client)


def test_nobody_is_named_on_it(client, sara, slot, petition, office, maryam, clock):
    appointment = book(sara, slot, petition)
    clock.move_to(appointment.starts_at)
    call_visit(visit=check_in(appointment=appointment, office=office, by=maryam), by=maryam)
    text = text_of(client)
    assert '<p class="last">۱</p>' in text
    for personal in (sara.first_name, sara.last_name, sara.identity_tail, appointment.reference):
        assert personal not in text


def test_an_old_television_needs_no_script_and_comes_again_by_itself(client, office):
    text = text_of(client)
    assert '<meta http-equiv="refresh" content="10">' in text
    assert "<script" not in text
    assert "hx-" not in text


def test_its_stylesheet_uses_nothing_that_an_old_television_does_not_know():
    css = (web.__path__[0] + "/static/display.css", "utf-8")
    with open(css[0], encoding=css[1]) as file:
        rules = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.DOTALL)
    assert "font-size" in rules
    assert re.findall(TRICKS, rules) == []


def test_many_screens_are_cheap(client, office, maryam, django_assert_num_queries):
    walk_in(office=office, by=maryam)
    with django_assert_num_queries(2):
        answer = client.get(PAGE)
    assert answer["Cache-Control"] == "public, max-age=2"
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


def test_it_is_the_same_page_for_whoever_is_signed_in(client, office, sara):
    anonymous = text_of(client)
    assert text_of(sign_in(client, sara)) == anonymous


@pytest.mark.parametrize("status", [OfficeStatus.CLOSED, OfficeStatus.SUSPENDED])
def test_an_office_that_does_not_work_has_no_screen(client, office, status):
    office.status = status
    office.save()
    assert client.get(PAGE).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["9999", "x", "²", "%00", "1" * 300, "-1"])
def test_an_unknown_office_is_not_found(client, code):
    assert client.get(f"/offices/{code}/display/").status_code == 404


def test_the_code_may_be_written_in_persian_digits(client, office):
    assert client.get("/offices/۱۰۲۱/display/").status_code == 200


def test_nothing_can_be_sent_to_it(client, office):
    assert client.post(PAGE).status_code == 405
