import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from psycopg.errors import ReadOnlySqlTransaction

from nobat.urls import handler400, handler403, handler404, handler500  # noqa: F401
from nobat.urls import urlpatterns as real_pages
from nobat.web import errors

FAILURES = {
    "strange": SuspiciousOperation("secret detail"),
    "not-yours": PermissionDenied("secret detail"),
    "broken": IntegrityError("DETAIL: Key (mobile)=(+989120000001) already exists"),
    "busy": OperationalError("connection refused"),
    "reading": InternalError("cannot execute INSERT in a read-only transaction"),
}
FAILURES["reading"].__cause__ = ReadOnlySqlTransaction()


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]


urlpatterns = [*real_pages, path("fail/<str:how>/", fail)]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("how", "status", "says"),
    [
        ("strange", 400, errors.TITLES["bad_request"]),
        ("not-yours", 403, errors.TITLES["forbidden"]),
        ("broken", 500, errors.TITLES["server_error"]),
        ("busy", 503, errors.TITLES["busy"]),
    ],
)
def test_every_failure_is_said_in_words_in_the_look_of_the_site(visitor, how, status, says):
    answer = visitor.get(f"/fail/{how}/")
    page = answer.content.decode()

    assert answer.status_code == status
    assert says in page
    assert 'class="topbar"' in page
    assert "secret detail" not in page
    assert "+989120000001" not in page


def test_an_unknown_address_leads_on(client):
    answer = client.get("/no-such-page/")
    page = answer.content.decode()

    assert answer.status_code == 404
    assert errors.TITLES["not_found"] in page
    assert 'class="btn btn-primary" href="/"' in page


@pytest.mark.django_db
def test_who_calls_us_by_another_name_gets_words_too(client):
    answer = client.get("/", headers={"host": "scanner.example"})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert errors.TITLES["bad_request"] in page
    assert "scanner.example" not in page


def test_the_address_of_a_button_is_no_page_and_says_so(client):
    answer = client.get("/sign-out/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert errors.TITLES["wrong_method"] in answer.content.decode()


def test_an_error_of_ours_has_a_number_that_the_log_has_too(visitor, caplog):
    page = visitor.get("/fail/broken/").content.decode()

    number = re.search(r"شمارهٔ پیگیری: <bdi dir=\"ltr\">([۰-۹]{6})</bdi>", page)
    assert number
    ours = [record.getMessage() for record in caplog.records if record.name == errors.__name__]
    assert len(ours) == 1
    assert ours[0].startswith("Follow-up number ")
    assert ours[0].endswith(": IntegrityError")


def test_who_asks_while_it_is_busy_is_asked_to_wait_and_comes_again_by_itself(visitor):
    answer = visitor.get("/fail/busy/?day=2026-05-03")
    page = answer.content.decode()

    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Refresh"] == "30"
    assert 'href="/fail/busy/?day=2026-05-03"' in page


def test_a_form_sent_in_a_bad_moment_is_not_sent_again_by_itself(visitor):
    answer = visitor.post("/fail/busy/")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Refresh" not in answer.headers


def test_a_page_that_cannot_be_had_without_writing_says_so(visitor):
    page = visitor.get("/fail/reading/")

    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert "Refresh" not in page.headers
    assert errors.TITLES["reading_only"] in page.content.decode()


def test_not_even_a_broken_template_leaves_people_without_words(visitor, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "DIRS": []}]

    answer = visitor.get("/fail/broken/")

    assert answer.status_code == 500
    assert "نوبت‌های من" in answer.content.decode()


def test_a_form_without_its_hidden_sign_is_refused_with_the_reason():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"mobile": "0912"})
    page = answer.content.decode()

    assert answer.status_code == 403
    assert errors.TITLES["csrf"] in page
    assert "چیزی ثبت نشد" in page


def test_an_error_for_htmx_takes_the_main_part(client):
    answer = client.get("/no-such-page/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Retarget"] == "#main"
    assert "<html" not in answer.content.decode()
    assert errors.TITLES["not_found"] in answer.content.decode()


def test_no_refusal_names_its_page_in_the_log(client, caplog):
    answer = client.get("/offices/4819273506/nothing/")

    assert answer.status_code == 404
    assert "4819273506" not in caplog.text
