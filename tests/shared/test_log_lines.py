import json
import logging
import sys

import pytest
from django.db import IntegrityError, OperationalError

from nobat.people.models import Person
from nobat.shared import asked
from nobat.shared.asked import Asked
from nobat.shared.log_lines import FOR_PEOPLE, JsonLines, LogLines
from tests.logged import all_that_is_logged

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.mark.django_db
def test_a_refused_row_is_not_quoted_in_the_log(sara, reza):
    try:
        Person.objects.filter(pk=reza.pk).update(mobile=sara.mobile)
    except IntegrityError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Error", None, sys.exc_info()
        )

    line = LogLines("{message}", style="{").format(record)

    assert "IntegrityError" in line
    assert "DETAIL: left out" in line
    assert sara.mobile not in line


def test_the_secret_in_the_address_of_a_provider_is_left_out():
    said = ("Service Unavailable", "/sms/kavenegar/0123abcd/incoming/")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", said, None)

    line = LogLines("{message}", style="{").format(record)

    assert line == "Service Unavailable: /sms/kavenegar/left-out/incoming/"


def test_an_error_tells_its_kind_and_place_and_not_what_it_stumbled_over():
    try:
        try:
            int("Sarv-Naz-41")
        except ValueError as problem:
            raise RuntimeError("Sarv-Naz-41 is no number") from problem
    except RuntimeError:
        record = logging.LogRecord("nobat", logging.ERROR, "", 0, "Failed", None, sys.exc_info())

    line = LogLines("{message}", style="{").format(record)

    assert line.startswith("Failed\n")
    assert "test_log_lines.py" in line
    assert line.index("builtins.ValueError") < line.index("builtins.RuntimeError")
    assert "no number" not in line.replace('raise RuntimeError("Sarv-Naz-41 is no number")', "")
    assert "invalid literal" not in line


def test_what_another_handler_has_kept_of_an_error_is_not_taken_over():
    record = logging.LogRecord("nobat", logging.ERROR, "", 0, "Failed", None, None)
    record.exc_text = "ValueError: Sarv-Naz-41"

    assert LogLines("{message}", style="{").format(record) == "Failed"


def test_a_database_that_is_away_is_named():
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        record = logging.LogRecord("nobat", logging.ERROR, "", 0, "Failed", None, sys.exc_info())

    assert "OperationalError: connection refused" in LogLines("{message}", style="{").format(record)


@pytest.fixture
def now_asked():
    token = asked.begin(Asked("662067a4bea0c9d429ba410f61698082"))
    asked.name_page("citizen:book")
    yield
    asked.end(token)


def test_a_line_ends_with_the_number_of_its_request(now_asked):
    record = logging.LogRecord("nobat", logging.INFO, "", 0, "said %d", (3,), None)
    record.created = 0
    line = LogLines(FOR_PEOPLE, style="{").format(record)
    assert line.endswith("INFO nobat: said 3 [662067a4bea0c9d429ba410f61698082]")


def test_a_request_that_failed_is_named_by_its_page_and_not_by_its_address(rf):
    record = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 0, "Forbidden: %s", ("/my/481/",), None
    )
    record.request, record.status_code = rf.get("/my/481/"), 403
    assert LogLines("{message}", style="{").format(record) == "Forbidden: no page"
    assert record.getMessage() == "Forbidden: /my/481/", "other handlers get it as it was"


def test_for_machines_a_line_is_one_object(now_asked):
    try:
        raise OperationalError("connection refused")
    except OperationalError:
        record = logging.LogRecord("nobat", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    record.created, record.process = 0.25, 7
    record.status = 503
    [line] = JsonLines().format(record).splitlines()
    said = json.loads(line)
    assert said.pop("message").startswith("Failed\n")
    assert said == {
        "time": "1970-01-01T00:00:00.250+00:00",
        "level": "ERROR",
        "logger": "nobat",
        "process": 7,
        "request": "662067a4bea0c9d429ba410f61698082",
        "page": "citizen:book",
        "status": 503,
    }


def test_for_machines_nothing_more_is_told_than_for_people():
    said = ("Service Unavailable", "/sms/kavenegar/0123abcd/incoming/")
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", said, None)
    record.typed = "Sarv-Naz-41"
    line = JsonLines().format(record)
    assert json.loads(line)["message"] == "Service Unavailable: /sms/kavenegar/left-out/incoming/"
    assert "Sarv-Naz-41" not in line
    assert "page" not in json.loads(line)


@pytest.mark.django_db
def test_of_a_host_that_is_not_ours_one_line_is_left_without_its_name(client, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    with all_that_is_logged() as texts:
        answer = client.get("/my/481/", headers={"host": "scanner-52.example"})

    assert answer.status_code == 400
    for_people, for_machines = (text.getvalue() for text in texts)
    [line] = [each for each in for_people.splitlines() if "django.security" in each]
    assert " WARNING " in line
    assert "a host that is not ours" in line
    for said in (for_people, for_machines):
        for left_out in ("scanner-52", "/my/481/", "get_host", "Invalid HTTP_HOST"):
            assert left_out not in said
