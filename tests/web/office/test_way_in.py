from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import SessionBase

from nobat.offices.staff_sign_in import Entering
from nobat.web.office.way_in import (
    Waiting,
    keep_set_up,
    kept_set_up,
    office_way_back,
    stop_waiting,
    wait_for_second_step,
    waiting,
)

WHO = Entering(7, "as of", "person:7", needs_set_up=True)


@pytest.fixture
def asked(rf):
    request = rf.get("/office/sign-in/")
    request.session = {}
    return request


def kept_and_read_back(session):
    """As the database keeps it between two requests."""
    store = SessionBase()
    return store.decode(store.encode(session))


def test_who_waits_is_known_for_ten_minutes(asked, clock):
    wait_for_second_step(asked, WHO, "+989120000003")
    asked.session = kept_and_read_back(asked.session)

    clock.shift(timedelta(minutes=10, seconds=-1))
    assert waiting(asked) == Waiting(WHO, "+989120000003")
    clock.shift(timedelta(seconds=1))
    assert waiting(asked) is None


def test_a_new_first_step_forgets_the_set_up_that_was_begun(asked):
    keep_set_up(asked, b"sealed")
    assert kept_set_up(asked) == b"sealed"
    wait_for_second_step(asked, WHO, "+989120000003")

    assert kept_set_up(asked) is None


def test_nothing_is_left_when_the_waiting_ends(asked):
    wait_for_second_step(asked, WHO, "+989120000003")
    keep_set_up(asked, b"sealed")
    stop_waiting(asked)

    assert asked.session == {}


@pytest.mark.parametrize("path", ["/office/", "/office/clerks/", "/office/visits/3/?as=left"])
def test_the_way_back_is_a_page_of_the_office(rf, path):
    assert office_way_back(rf.get("/", {"next": path})) == path


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/my/appointments/",
        "/office/no-such-page/",
        "/office/../my/appointments/",
        "//evil.example/office/",
        "https://evil.example/office/",
        "/officer/",
        "",
    ],
)
def test_and_nothing_else(rf, path):
    assert office_way_back(rf.get("/", {"next": path})) == ""
