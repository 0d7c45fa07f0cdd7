"""The short way to what everybody looks at answers as Django does, byte for byte, or not at all."""

import gzip
import re
from datetime import time, timedelta
from io import BytesIO

import pytest
from django.db import OperationalError
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from nobat.offices.models import Office, OfficeService, OfficeStatus
from nobat.people.models import Session
from nobat.people.sessions import end_other_sessions
from nobat.schedule.models import Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.kept import forget
from nobat.web.straight_pages import StraightPages
from tests import front
from tests.build import make_hours, make_office, make_slot, sign_in, sign_in_staff

DAY = "day=2026-05-03"
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
HTMX = {"HTTP_HX_REQUEST": "true"}
CSRF = f"csrf={front.SECRET}"
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")\w{64}')


@pytest.fixture
def busy(office):
    """Office 1021 with every hour of the coming month free, from eight to two."""
    make_hours(office, [0, 1, 2, 3, 4], opens_at=time(8), closes_at=time(14))
    publish_slots()
    return office


@pytest.fixture
def cookie(sara):
    """Of Sara's browser."""
    return cookie_of(sign_in(Client(), sara))


def cookie_of(client):
    return f"{CSRF}; session={client.cookies['session'].value}; device=a:b"


def asked(query="", **changes):
    """What a browser sends."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/offices/1021/",
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": "Firefox",
    } | changes


def search(query="", **changes):
    return asked(query, **{"PATH_INFO": "/offices/"} | changes)


def in_front(environ):
    """Its status, headers and text; None if it was passed on."""

    def pages(environ, start_response):
        raise front.PassedOn

    said = []
    try:
        answer = StraightPages(pages)(dict(environ), lambda *answer: said.extend(answer))
    except front.PassedOn:
        return None
    status, headers = said
    return int(status[:3]), *levelled(headers, b"".join(answer))


def from_django(environ):
    response = front.to_the_pages(ClientHandler(enforce_csrf_checks=False), dict(environ))
    headers = [*response.headers.items()]
    headers += [("Set-Cookie", each.OutputString()) for each in response.cookies.values()]
    return response.status_code, *levelled(headers, response.content)


def levelled(headers, content):
    """With one token in place of those by chance, and before compressing."""
    names = [name for name, _ in headers]
    assert len(names) == len(set(names))
    headers = dict(headers)
    assert headers["Content-Length"] == str(len(content))
    if headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
        headers["Content-Length"] = "of any length"
    return headers, TOKEN.sub(r"\1TOKEN", content.decode())


def assert_same(environ):
    answer = in_front(environ)
    assert answer is not None
    forget()
    assert answer == from_django(environ)
    return answer


# ------------------------------------------------------------------- the very same

PAGES = {
    "nothing chosen": "",
    "a day": DAY,
    "a day and all else": f"{DAY}&service=petition&cases=2",
    "two turns": f"{DAY}&cases=3",
    "an empty choice": "service=&cases=1&",
    "the last word counts": "cases=1&cases=3",
    "a service that is not offered": "service=other",
    "a number that is too large": "cases=77",
    "a day that is over": "day=2026-05-01",
    "a day that is none": "day=soon",
    "a Friday": "day=2026-05-08",
    "far away": "day=2026-09-01",
}
BROWSERS = {
    "plain": {},
    "gzip": GZIP,
    "part": HTMX,
    "part, gzip": HTMX | GZIP,
    "back": HTMX | {"HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
    "by itself": {"HTTP_X_BY_ITSELF": "1"},
    "https": {"wsgi.url_scheme": "https"},
}


@pytest.mark.parametrize("query", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("whose", ["nobody", "sara"])
def test_whatever_is_chosen_both_ways_answer_the_same(busy, cookie, query, whose):
    environ = asked(query, **({"HTTP_COOKIE": cookie} if whose == "sara" else {}))

    status, headers, text = assert_same(environ)

    assert status == 200
    assert ("سارا" in text) == ("Set-Cookie" in headers) == (whose == "sara")


SEARCHES = {
    "nothing": "",
    "a province": "province=07",
    "a county and a subject": "province=07&county=0707&service=petition",
    "as the form sends it": "province=07&county=&service=&name=&manager=&phone=&code=",
    "around a place": "service=petition&lat=29.61&lon=52.53",
    "a code": "code=1021",
    "somewhere that is not": "province=99&service=none",
    "a county of another province": "province=08&county=0707",
    "the last word counts": "county=none&county=0707",
    "a page that is none": "page=-2",
}


@pytest.mark.parametrize("query", SEARCHES.values(), ids=SEARCHES)
@pytest.mark.parametrize("whose", ["nobody", "sara"])
def test_whatever_is_searched_both_ways_answer_the_same(busy, cookie, query, whose):
    environ = search(query, **({"HTTP_COOKIE": cookie} if whose == "sara" else {}))

    status, headers, text = assert_same(environ)

    assert status == 200
    assert "</html>" in text
    is_hers = '<span class="menu__who">سارا</span>' in text
    assert is_hers == ("Set-Cookie" in headers) == (whose == "sara")


@pytest.mark.parametrize("browser", BROWSERS.values(), ids=BROWSERS)
@pytest.mark.parametrize("whose", ["nobody", "sara"])
def test_a_search_is_the_same_both_ways_however_a_browser_asks(busy, cookie, browser, whose):
    whose = {"HTTP_COOKIE": cookie} if whose == "sara" else {}

    _, headers, text = assert_same(search("province=07", **browser, **whose))

    assert "HX-Request" not in headers["Vary"]
    assert "</html>" in text


def test_a_search_that_finds_nothing_shows_no_map_both_ways(cookie):
    assert "map.js" not in assert_same(search("province=07", HTTP_COOKIE=cookie))[2]


@pytest.mark.parametrize("browser", BROWSERS.values(), ids=BROWSERS)
@pytest.mark.parametrize("whose", ["nobody", "sara"])
def test_however_a_browser_asks_both_ways_answer_the_same(busy, cookie, browser, whose, settings):
    settings.SECURE_HSTS_SECONDS = 60
    environ = asked(DAY, **browser, **({"HTTP_COOKIE": cookie} if whose == "sara" else {}))

    _, headers, _ = assert_same(environ)

    assert ("Cache-Control" in headers) == (whose == "sara")
    is_https = browser.get("wsgi.url_scheme") == "https"
    assert ("Strict-Transport-Security" in headers) == is_https


@pytest.mark.parametrize("status", [OfficeStatus.SUSPENDED, OfficeStatus.CLOSED])
def test_an_office_that_gives_no_turns_is_the_same_both_ways(busy, cookie, petition, status):
    make_slot(make_office("1022", services=[petition]), "10:00")
    Office.objects.filter(pk=busy.pk).update(status=status)

    assert_same(asked(DAY, HTTP_COOKIE=cookie))


def test_an_office_without_services_is_the_same_both_ways(busy, cookie):
    OfficeService.objects.all().delete()

    assert_same(asked(DAY, HTTP_COOKIE=cookie))


def test_where_nothing_is_free_the_others_are_the_same_both_ways(busy, cookie, petition):
    Slot.objects.update(taken=1, capacity=1, offered=1)
    make_slot(make_office("1022", services=[petition]), "10:00")

    assert "۱۰۲۲" in assert_same(asked(DAY, HTTP_COOKIE=cookie))[2]


def test_behind_a_proxy_that_speaks_https_both_ways_answer_the_same(busy, cookie, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_SSL_REDIRECT = True
    environ = asked(DAY, HTTP_COOKIE=cookie, HTTP_X_FORWARDED_PROTO="https")

    assert "Strict-Transport-Security" in assert_same(environ)[1]
    assert in_front(environ | {"HTTP_X_FORWARDED_PROTO": "http"}) is None


def test_where_cookies_are_for_https_alone_both_ways_say_so(busy, cookie, settings, clock):
    settings.CSRF_COOKIE_SECURE = True
    clock.shift(timedelta(seconds=7))  # the line of a second is made once

    assert "Secure" in assert_same(asked(DAY, HTTP_COOKIE=cookie))[1]["Set-Cookie"]


def test_those_who_work_here_see_the_same_both_ways(busy, maryam):
    maryams = cookie_of(sign_in_staff(Client(), maryam))

    assert "مریم" in assert_same(asked(DAY, HTTP_COOKIE=maryams))[2]


def test_who_signs_out_with_the_form_of_this_page_is_out(busy, sara):
    client = sign_in(Client(enforce_csrf_checks=True), sara)
    page = client.get("/offices/1021/").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)

    assert client.post("/sign-out/", {"csrfmiddlewaretoken": "a" * 64}).status_code == 403
    assert client.post("/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 302
    assert not Session.objects.filter(person=sara).exists()


def test_a_browser_keeps_the_secret_that_it_has_and_gets_one_if_it_has_none(busy, cookie):
    def secret(cookie):
        return re.match(r"csrf=(\w{32});", in_front(asked(HTTP_COOKIE=cookie))[1]["Set-Cookie"])[1]

    assert secret(cookie) == front.SECRET
    of_nobody = cookie.replace(CSRF, "")
    assert secret(of_nobody) != secret(of_nobody) != front.SECRET


# ------------------------------------------------------------------------- passed on


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/offices/1021/display/"},
        {"PATH_INFO": "/offices/1021"},
        {"PATH_INFO": "/offices/9999/"},  # there is none
        {"PATH_INFO": "/offices/۱۰۲۱/".encode().decode("latin-1")},
        {"SCRIPT_NAME": "/below"},
        {"QUERY_STRING": "moving=4819273506"},
        {"QUERY_STRING": "cases=%31"},
        {"QUERY_STRING": "day=2026-05-03;cases=1"},
        {"QUERY_STRING": "anything=else"},
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_COOKIE": "csrf=short"},
        {"HTTP_COOKIE": f"csrf={'a' * 64}"},
        {"HTTP_COOKIE": "session="},
        {"HTTP_COOKIE": f"session={'x' * 32}"},  # nobody's
        {"HTTP_COOKIE": "session='; DROP TABLE people_person"},
        {"HTTP_COOKIE": "messages=a-notice-above-the-page"},
    ],
)
def test_what_is_not_plain_is_for_django(busy, changed):
    assert in_front(asked(**changed)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"PATH_INFO": "/offices"},
        {"QUERY_STRING": "page=7"},  # sent on to the first
        {"QUERY_STRING": "name=%D8%AF%D9%86%D8%A7"},
        {"QUERY_STRING": "province=07;county=0707"},
        {"QUERY_STRING": "moving=4819273506"},
        {"HTTP_COOKIE": f"session={'x' * 32}"},  # nobody's
    ],
)
def test_a_search_that_is_not_plain_is_for_django(busy, changed):
    assert in_front(search(**changed)) is None


def test_a_session_that_has_ended_is_for_django(busy, cookie, sara):
    end_other_sessions(person=sara, this_session="")

    assert in_front(asked(HTTP_COOKIE=cookie)) is None


def test_a_session_before_anybody_has_signed_in_is_for_django(busy):
    client = Client()
    session = client.session
    session["awaits_sign_in"] = {}
    session.save()

    assert in_front(asked(HTTP_COOKIE=f"session={session.session_key}")) is None


def test_that_a_device_is_in_use_is_for_django_to_write_down(busy, cookie, sara, clock):
    clock.shift(timedelta(hours=1))
    before = Session.objects.get(person=sara).seen_at
    assert in_front(asked(HTTP_COOKIE=cookie)) is None

    from_django(asked(HTTP_COOKIE=cookie))

    assert Session.objects.get(person=sara).seen_at == timezone.now() > before
    assert in_front(asked(HTTP_COOKIE=cookie)) is not None


def test_when_an_opening_is_near_django_says_so_above_the_page(busy, settings):
    settings.WAITING_ROOM_OPENINGS = [time(8, 5)]

    assert in_front(asked(DAY)) is None
    assert in_front(search()) is None
    assert_same(asked(DAY, **HTMX))


def test_without_an_answer_of_the_database_the_pages_are_asked(busy, monkeypatch):
    def gone(*_, **__):
        raise OperationalError

    monkeypatch.setattr("nobat.schedule.office_calendar.prepared_row", gone)

    assert in_front(asked(DAY)) is None


def test_where_https_is_demanded_nothing_is_shown_without(busy, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert in_front(asked(DAY)) is None


# ------------------------------------------------------------------------------ costs


@pytest.mark.usefixtures("known_rules")
def test_the_page_and_who_reads_it_are_one_statement(busy, cookie, django_assert_num_queries):
    in_front(asked())  # what the services say is known

    with django_assert_num_queries(1):
        in_front(asked(DAY, HTTP_COOKIE=cookie))
    with django_assert_num_queries(1):  # of the page that is kept, the name alone
        in_front(asked(DAY, HTTP_COOKIE=cookie))
    with django_assert_num_queries(0):
        in_front(asked(DAY))


@pytest.mark.usefixtures("known_rules")
def test_a_search_and_who_reads_it_are_two_statements(busy, cookie, django_assert_num_queries):
    in_front(search())  # places and subjects are known

    with django_assert_num_queries(2):
        in_front(search("county=0707", HTTP_COOKIE=cookie))
    with django_assert_num_queries(1):  # of the page that is kept, the name alone
        in_front(search("county=0707", HTTP_COOKIE=cookie))
    with django_assert_num_queries(0):
        in_front(search("county=0707"))
