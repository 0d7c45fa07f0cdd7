import logging
import sys

import pytest
from django.db import IntegrityError, OperationalError

from nobat.people.models import Person
from nobat.shared.log_lines import LogLines


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
