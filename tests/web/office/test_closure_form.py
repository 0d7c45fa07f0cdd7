from datetime import date, time

import pytest

from nobat.offices.models import Office
from nobat.web.office.closure_form import ClosureForm

TODAY = date(2026, 5, 2)
HOURS = {
    "day": "2026-05-02",
    "extent": "hours",
    "from_hour": "12",
    "until_hour": "",
    "reason": "قطع  برق محلي",
}


def closure_of(**typed):
    form = ClosureForm(HOURS | typed, today=TODAY)
    assert form.is_valid(), form.errors
    return form.closure(Office(code="1021"))


def test_hours_without_an_end_reach_to_the_end_of_the_day():
    closure = closure_of()

    assert (closure.day, closure.from_hour, closure.until_hour) == (TODAY, time(12), time(23, 59))
    assert closure.reason == "قطع برق محلی"


def test_a_whole_day_has_no_hours():
    closure = closure_of(extent="day", from_hour="")

    assert (closure.from_hour, closure.until_hour) == (None, None)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"from_hour": ""}, "from_hour"),
        ({"extent": "day"}, "extent"),
        ({"extent": ""}, "extent"),
        ({"day": "2026-05-01"}, "day"),
        ({"reason": ""}, "reason"),
        ({"reason": "ب" * 121}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed, wrong):
    assert list(ClosureForm(HOURS | typed, today=TODAY).errors) == [wrong]
