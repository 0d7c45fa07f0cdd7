import logging
import sys

import pytest
from django.db import IntegrityError

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
