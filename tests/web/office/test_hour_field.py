from datetime import time

import pytest
from django.core.exceptions import ValidationError

from nobat.web.office.hour_field import HourField


@pytest.mark.parametrize("typed", ["8:30", "۰۸:۳۰", "٠٨:٣٠", "0830", "08.30", " ۸ : ۳۰ "])
def test_an_hour_is_read_however_it_is_typed(typed):
    assert HourField().clean(typed) == time(8, 30)


def test_an_hour_alone_is_the_full_hour():
    assert HourField().clean("۸") == time(8)


@pytest.mark.parametrize("typed", ["24:00", "8:60", "8:3", "هشت", "12345", "8:30:00", "-1"])
def test_what_is_no_hour_is_refused(typed):
    with pytest.raises(ValidationError):
        HourField().clean(typed)


def test_nothing_is_no_hour():
    assert HourField(required=False).clean("  ") is None


def test_an_hour_is_shown_in_persian_and_what_was_typed_stays_as_it_was():
    assert HourField().prepare_value(time(8, 5)) == "۰۸:۰۵"
    assert HourField().prepare_value("8.x") == "8.x"
