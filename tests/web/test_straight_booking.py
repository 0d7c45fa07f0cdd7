"""The short way to a turn answers as the way through the pages does, and never more than it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nobat.appointments.attempt import BEFORE_SLOWER
from nobat.appointments.models import Appointment
from nobat.appointments.take_turn import take_turn_in_session
from nobat.people.passwords import set_password
from nobat.people.sessions import end_other_sessions
from nobat.schedule.models import Slot
from nobat.web import straight_booking
from nobat.web.straight_booking import StraightBooking
from tests import front
from tests.build import book, make_slot, sign_in


def form(hour, **changes):
    return {"slot": hour.pk, "service": "petition", "cases": 1, "key": uuid4()} | changes


def press(client, hour, *, secure=False, headers=None, **changes):
    page = f"/offices/{hour.office.code}/book/"
    return client.post(page, form(hour, **changes), secure=secure, headers=headers)


def asked(statements):
    return [each for each in statements if "take_turn" in str(each["sql"])]


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


@pytest.fixture
def asked_in_front(monkeypatch):
    """What take_turn was asked in front of Django."""
    asked = []

    def ask(wanted, **values):
        asked.append(wanted)
        return take_turn_in_session(wanted, **values)

    monkeypatch.setattr(straight_booking, "take_turn_in_session", ask)
    return asked


def send(environ):
    """To what stands in front of Django; True if it passes it on, whole, to the pages."""
    passed_on = []

    def pages(environ, start_response):
        passed_on.append(environ["wsgi.input"].read())
        return []

    body = environ["wsgi.input"].getvalue()
    StraightBooking(pages)(environ, lambda status, headers: None)
    return passed_on == [body]


def plain(hour, session_key):
    """The request of a browser in which somebody presses the button."""
    body = urlencode(form(hour, csrfmiddlewaretoken=front.token())).encode()
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": f"/offices/{hour.office.code}/book/",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "localhost",
        "HTTP_ORIGIN": "http://localhost",
        "HTTP_COOKIE": f"session={session_key}; csrf={front.SECRET}",
    }


@pytest.mark.usefixtures("known_rules")
def test_who_is_asking_and_the_turn_are_one_statement(sara_browses, office, slot):
    slot.office = office
    with CaptureQueriesContext(connection) as statements:
        assert press(sara_browses, slot).status_code == 302
    assert len(statements) == 1


@pytest.mark.parametrize("secure", [False, True])
def test_the_answer_is_dressed_as_the_pages_dress_it(
    sara_browses, slot, settings, secure, asked_in_front, monkeypatch
):
    settings.SECURE_HSTS_SECONDS = 60
    straight = press(sara_browses, slot, secure=secure)
    assert asked_in_front
    Appointment.objects.all().delete()
    Slot.objects.update(taken=0)
    monkeypatch.undo()  # who comes in at the front
    through = press(sara_browses, slot, secure=secure)
    differ = {"Location", "Expires", "X-Request-ID"}
    assert straight.status_code == through.status_code == 302
    assert {name: straight[name] for name in straight.headers if name not in differ} == {
        name: through[name] for name in through.headers if name not in differ
    }
    assert straight["Expires"]
    assert straight["Location"].startswith("/my/appointments/")


def test_what_was_refused_is_not_asked_again(sara_browses, slot, reza, petition):
    book(reza, slot, petition)
    Slot.objects.update(capacity=1, offered=1)
    with CaptureQueriesContext(connection) as statements:
        answer = press(sara_browses, slot)
    assert answer.status_code == 409
    assert "همین حالا پر شد" in answer.content.decode()
    assert len(asked(statements)) == 1


def test_the_request_of_a_browser_books(sara_browses, slot, asked_in_front):
    assert not send(plain(slot, sara_browses.cookies["session"].value))
    assert asked_in_front
    assert Appointment.objects.count() == 1


ELSEWHERE = "https://elsewhere.example"


@pytest.mark.parametrize(
    "changed",
    [
        {"REQUEST_METHOD": "PUT"},
        {"PATH_INFO": "/offices/1021/book/x/"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=x"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "1001"},
        {"HTTP_HOST": "elsewhere.example", "HTTP_ORIGIN": "http://elsewhere.example"},
        {"HTTP_ORIGIN": ELSEWHERE},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_COOKIE": ""},
        {"HTTP_COOKIE": f"csrf={front.SECRET}"},
        {"HTTP_COOKIE": f"session={'x' * 32}"},
        {"HTTP_COOKIE": f"session={'x' * 32}; csrf={'a' * 32}"},
        {"HTTP_COOKIE": f"session={'x' * 32}; csrf="},
        {"HTTP_COOKIE": f"session='; csrf={front.SECRET}"},
        {"wsgi.url_scheme": "https", "HTTP_ORIGIN": None},
        {"wsgi.url_scheme": "https"},  # the page came by http
    ],
)
def test_what_is_not_plainly_ours_is_for_django_to_judge(db, slot, changed, asked_in_front):
    environ = plain(slot, "x" * 32) | changed
    assert send({name: value for name, value in environ.items() if value is not None})
    assert not asked_in_front


@pytest.mark.parametrize(
    "changed",
    [
        {"csrfmiddlewaretoken": front.SECRET},  # not as a page hides it
        {"csrfmiddlewaretoken": front.token("a" * 32)},
        {"slot": "۱"},
        {"slot": "0"},
        {"service": ""},
        {"cases": "0"},
        {"key": "a" * 36},
        {"other": "%"},
    ],
)
def test_a_strange_form_is_for_the_pages(db, slot, changed, asked_in_front):
    body = urlencode(form(slot, csrfmiddlewaretoken=front.token()) | changed).encode()
    content = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    assert send(plain(slot, "x" * 32) | content)
    assert not asked_in_front


def test_a_form_of_another_site_books_nothing(sara, slot):
    client = sign_in(Client(enforce_csrf_checks=True), sara)
    assert press(client, slot, csrfmiddlewaretoken="a" * 64).status_code == 403
    assert press(client, slot, headers={"Origin": ELSEWHERE}).status_code == 403
    assert not Appointment.objects.exists()


class TestSessions:
    def test_one_that_was_ended_books_nothing(self, sara_browses, sara, slot):
        end_other_sessions(person=sara, this_session="")
        assert press(sara_browses, slot).url.startswith("/sign-in/")
        assert not Appointment.objects.exists()

    def test_one_of_another_password_books_nothing(self, sara_browses, sara, slot):
        """As when the password is changed at the very moment somebody signs in with the old one."""
        set_password(sara, "something else 44")
        sara.save()
        assert press(sara_browses, slot).url.startswith("/sign-in/")
        assert not Appointment.objects.exists()

    def test_one_of_another_secret_key_books_nothing(self, sara_browses, slot, monkeypatch):
        other = "nobat.appointments.take_turn.mark_of_the_secret_key"
        monkeypatch.setattr(other, lambda: "of another key")
        monkeypatch.setattr(
            "nobat.people.sessions.mark_of_the_secret_key", lambda: "of another key"
        )
        assert press(sara_browses, slot).url.startswith("/sign-in/")
        assert not Appointment.objects.exists()

    def test_one_that_is_over_books_nothing(self, sara_browses, slot, clock):
        clock.shift(timedelta(days=31))
        assert press(sara_browses, slot).url.startswith("/sign-in/")
        assert not Appointment.objects.exists()

    @pytest.mark.parametrize("cookie", ["", "a' OR 1=1 --", "x" * 5000])
    def test_what_is_no_session_books_nothing(self, client, slot, cookie):
        client.cookies["session"] = cookie
        assert press(client, slot).url.startswith("/sign-in/")
        assert not Appointment.objects.exists()


def test_who_has_to_wait_is_told_so(sara_browses, sara, slot):
    sara.turns_paused_until = datetime(2999, 1, 1, tzinfo=UTC)
    sara.save()
    assert press(sara_browses, slot).status_code == 429
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "status"),
    [
        ("slot", "۰", 302),  # back to the calendar
        ("slot", "1" * 30, 302),
        ("cases", "99", 400),
        ("key", "not a key", 302),
        ("service", "no-such", 302),
        ("service", "<b>", 302),
    ],
)
def test_a_strange_form_gets_the_words_of_the_pages(sara_browses, slot, field, typed, status):
    answer = press(sara_browses, slot, **{field: typed})
    assert answer.status_code == status
    assert not Appointment.objects.exists()


def test_a_number_in_persian_digits_is_understood_as_well(sara_browses, slot):
    persian = str(slot.pk).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert press(sara_browses, slot, slot=persian).status_code == 302
    assert Appointment.objects.count() == 1


def test_the_same_key_again_gets_the_same_turn(sara_browses, slot):
    key = uuid4()
    first, second = (press(sara_browses, slot, key=key) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_without_an_answer_of_the_database_the_pages_ask_again(sara_browses, slot, monkeypatch):
    def gone(*_, **__):
        raise OperationalError

    monkeypatch.setattr(straight_booking, "take_turn_in_session", gone)
    assert press(sara_browses, slot).status_code == 302
    assert Appointment.objects.count() == 1


def test_where_https_is_demanded_nothing_is_booked_without(sara_browses, slot, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert press(sara_browses, slot).url.startswith("https://")
    assert not Appointment.objects.exists()


def test_a_foreign_host_name_books_nothing(sara_browses, slot):
    answer = press(sara_browses, slot, headers={"Host": "elsewhere.example", "Origin": "http://x"})
    assert answer.status_code in {400, 403}
    assert not Appointment.objects.exists()


def test_more_refusals_than_allowed_end_in_a_pause(sara_browses, slot, reza, petition):
    book(reza, slot, petition)
    Slot.objects.update(capacity=1, offered=1)
    answers = [press(sara_browses, slot).status_code for _ in range(BEFORE_SLOWER.most + 1)]
    assert answers[-1] == 429
    free = make_slot(slot.office, "12:00")
    assert press(sara_browses, free).status_code == 429
