"""A form met a bad moment: it comes back with its key, and pressing again does it once."""

import re
from html import unescape
from importlib import import_module
from pkgutil import walk_packages
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver

import nobat.web
from nobat.appointments.models import Appointment, Status
from nobat.visits.models import Visit
from nobat.web.errors import TITLES
from nobat.web.same_form import NEVER_KEPT, SAFE_TO_SEND_AGAIN
from tests import front
from tests.build import book, make_slot, sign_in, sign_in_staff
from tests.own_server import nobody_answers

EVERY_TRY = 3
PAGE = "/my/account/"
IN_CLEAR = {"password", "current-password", "new-password", "one-time-code"}


@pytest.fixture
def browser():
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def ends(db):
    """Ends the connection whenever this statement is sent, so many times."""
    left = {"times": 0}

    def end(execute, sql, params, many, context):
        if left["times"] and re.search(left["at"], str(sql)):
            left["times"] -= 1
            context["cursor"].execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return execute(sql, params, many, context)

    def set_up(at, times=EVERY_TRY):
        left.update(at=at, times=times)

    with connection.execute_wrapper(end):
        yield set_up
    connection.close()


def fields_of(page):
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in pairs}


def send(browser, page, **fields):
    browser.cookies["csrf"] = front.SECRET
    origin = {"Origin": "http://testserver"}
    return browser.post(page, {"csrfmiddlewaretoken": front.token(), **fields}, headers=origin)


def press_again(browser, page, answer):
    """The button of the page, as a browser does it."""
    main = answer.content.decode().split('id="main"')[1]
    assert f'<form method="post" action="{page}">' in unescape(main)
    return browser.post(page, fields_of(main), headers={"Origin": "http://testserver"})


def title_of(answer):
    return re.search(r"<h1[^>]*>([^<]+)</h1>", answer.content.decode())[1]


@pytest.mark.django_db(transaction=True)
class TestCitizen:
    @pytest.fixture(autouse=True)
    def sara_browses(self, browser, sara):
        sign_in(browser, sara)

    def test_a_booking_whose_answer_is_lost_is_asked_again_by_its_key_and_is_given(
        self, browser, slot, ends
    ):
        ends(at="take_turn", times=1)
        key = uuid4()
        wanted = {"slot": slot.pk, "service": "petition", "cases": "1", "key": key}
        answer = send(browser, "/offices/1021/book/?from=sara", **wanted | {"extra": "%"})
        assert answer.status_code == 302
        assert Appointment.objects.count() == 1

    def test_if_it_cannot_be_had_the_same_form_comes_back_and_books_once(self, browser, slot, ends):
        ends(at="take_turn")
        page = f"/offices/1021/book/?slot={slot.pk}&service=petition&cases=1"
        wanted = {"slot": slot.pk, "service": "petition", "cases": "1", "key": uuid4()}
        answer = send(browser, page, **wanted | {"extra": "%"})
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert title_of(answer) == TITLES["unknown"]
        assert "هیچ‌چیز دو بار ثبت نمی‌شود" in answer.content.decode()
        assert fields_of(answer.content.decode())["key"] == str(wanted["key"])

        assert press_again(browser, page, answer).status_code == 302
        assert press_again(browser, page, answer).status_code == 302
        assert Appointment.objects.count() == 1

    def test_a_move_comes_back_too_and_moves_once(self, browser, sara, slot, petition, ends):
        appointment = book(sara, slot, petition)
        later = make_slot(slot.office, "12:00")
        page = f"/my/appointments/{appointment.reference}/move/"
        wanted = {"slot": later.pk, "service": "petition", "cases": "1", "key": uuid4()}
        ends(at="take_turn")
        answer = send(browser, page, **wanted)
        assert (answer.status_code, title_of(answer)) == (503, TITLES["unknown"])
        for _ in range(2):
            assert press_again(browser, page, answer).status_code == 302
        appointment.refresh_from_db()
        assert (appointment.slot_id, appointment.moves) == (later.pk, 1)

    def test_so_does_a_deletion(self, browser, sara, slot, petition, ends):
        appointment = book(sara, slot, petition)
        page = f"/my/appointments/{appointment.reference}/cancel/"
        ends(at="UPDATE .appointments_appointment")
        answer = send(browser, page)
        assert (answer.status_code, title_of(answer)) == (503, TITLES["unknown"])
        for _ in range(2):
            assert press_again(browser, page, answer).status_code == 302
        appointment.refresh_from_db()
        assert appointment.status == Status.CANCELLED_BY_CITIZEN

    def test_a_deletion_with_one_bad_moment_is_simply_done(
        self, browser, sara, slot, petition, ends
    ):
        appointment = book(sara, slot, petition)
        ends(at="UPDATE .appointments_appointment", times=1)
        assert send(browser, f"/my/appointments/{appointment.reference}/cancel/").status_code == 302
        slot.refresh_from_db()
        assert slot.taken == 0

    def test_what_does_not_pass_twice_unseen_says_to_look_first(self, browser, ends):
        ends(at="people_session")
        answer = send(browser, "/my/account/", end="x")
        page = answer.content.decode()
        assert title_of(answer) == TITLES["unknown"]
        assert 'class="btn btn-primary" href="/my/account/"' in page
        assert "پیش از آنکه دوباره بفرستید، ببینید" in page

    def test_without_a_connection_it_is_certain_that_nothing_was_done(self, browser):
        with nobody_answers():
            answer = send(browser, "/my/account/", end="x")
        assert (answer.status_code, title_of(answer)) == (503, TITLES["not_done"])


@pytest.mark.django_db(transaction=True)
class TestOffice:
    @pytest.fixture(autouse=True)
    def maryam_works(self, browser, maryam):
        sign_in_staff(browser, maryam)

    def test_a_check_in_with_one_bad_moment_is_simply_done(
        self, browser, sara, slot, petition, maryam, ends, clock
    ):
        appointment = book(sara, slot, petition)
        clock.move_to(slot.starts_at)
        sign_in_staff(browser, maryam)
        ends(at="visits_officeday", times=1)
        answer = send(browser, f"/office/check-in/{appointment.reference}/")
        assert answer.status_code == 302
        assert Visit.objects.count() == 1

    def test_a_walk_in_keeps_its_name_and_gives_one_number(self, browser, office, ends):
        ends(at="visits_officeday")
        answer = send(browser, "/office/walk-in/", name="خانم رضایی", key=uuid4(), seat="")
        assert answer.status_code == 503
        assert fields_of(answer.content.decode())["name"] == "خانم رضایی"
        for _ in range(2):
            assert press_again(browser, "/office/walk-in/", answer).status_code == 302
        assert Visit.objects.count() == 1

    def test_a_walk_in_with_one_bad_moment_is_simply_done(self, browser, office, ends):
        ends(at="visits_officeday", times=1)
        send(browser, "/office/walk-in/", name="", key=uuid4(), seat="")
        assert Visit.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class TestWhatIsKept:
    @pytest.fixture(autouse=True)
    def gone(self, browser):
        browser.cookies["session"] = "s" * 32  # so that it is asked who this is
        with nobody_answers():
            yield

    def test_what_was_typed_is_kept_as_it_was(self, browser):
        typed = 'دفتر "نارنج" <b> & ۱۲'
        answer = send(browser, PAGE, mobile="09120000001", next=typed)
        kept = fields_of(answer.content.decode().split('id="main"')[1])
        assert kept == {
            "csrfmiddlewaretoken": kept["csrfmiddlewaretoken"],
            "mobile": "09120000001",
            "next": typed,
        }

    def test_each_of_several_values_is_kept(self, browser):
        answer = send(browser, PAGE, services=["a", "b"])
        assert answer.content.decode().count('name="services"') == 2

    @pytest.mark.parametrize("name", sorted(NEVER_KEPT))
    def test_what_is_secret_is_not_and_the_page_says_so(self, browser, name):
        answer = send(browser, PAGE, **{name: "2-secret-7"})
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "2-secret-7" not in page
        assert "صفحهٔ بعد دوباره آن‌ها را می‌پرسد" in page

    def test_a_file_has_to_be_chosen_again(self, browser):
        sent = SimpleUploadedFile("offices.csv", b"code")
        page = send(browser, PAGE, file=sent).content.decode()
        assert "فایل را هم دوباره انتخاب کنید" in page
        assert "<form" not in page.split('id="main"')[1].split("</main>")[0]

    def test_htmx_gets_it_in_place_of_the_main_part(self, browser):
        browser.cookies["csrf"] = front.SECRET
        form = {"csrfmiddlewaretoken": front.token(), "mobile": "09120000001"}
        headers = {"Origin": "http://testserver", "HX-Request": "true"}
        answer = browser.post(PAGE, form, headers=headers)
        assert answer["HX-Retarget"] == "#main"
        assert "<html" not in answer.content.decode()
        assert fields_of(answer.content.decode())["mobile"] == "09120000001"


def forms_of_ours(kind=forms.Form):
    for each in kind.__subclasses__():
        if each.__module__.startswith("nobat"):
            yield each
        yield from forms_of_ours(each)


def test_every_field_for_a_secret_or_an_identity_is_among_those_that_are_not_kept():
    for module in walk_packages(nobat.web.__path__, "nobat.web."):
        import_module(module.name)
    secret = {
        name
        for form in forms_of_ours()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput)
        or field.widget.attrs.get("autocomplete") in IN_CLEAR
        or re.search("password|code|identity_number|captcha", name)
    }
    assert {"password", "sms_code", "national_code"} <= secret
    assert secret <= NEVER_KEPT


def test_every_page_that_may_be_sent_again_exists():
    names = {
        f"{space}:{name}"
        for space, (_, resolver) in get_resolver().namespace_dict.items()
        for name in resolver.reverse_dict
        if isinstance(name, str)
    }
    assert names >= SAFE_TO_SEND_AGAIN
