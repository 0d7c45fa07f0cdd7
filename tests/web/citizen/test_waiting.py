import pytest

from nobat.people.models import Purpose
from nobat.people.sessions import SessionStore
from nobat.web.citizen.waiting import awaited, stop_waiting, wait_for_code


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.session = SessionStore()
    return request


def test_what_is_awaited_is_kept_by_purpose(request_):
    wait_for_code(request_, Purpose.SIGN_UP, mobile="+989173456789")

    assert awaited(request_, Purpose.SIGN_UP) == {"mobile": "+989173456789"}
    assert awaited(request_, Purpose.SIGN_IN) is None


def test_when_somebody_is_in_nothing_is_awaited_any_more(request_):
    for purpose in Purpose:
        wait_for_code(request_, purpose, mobile="+989173456789")
    stop_waiting(request_)

    assert [awaited(request_, purpose) for purpose in Purpose] == [None] * len(Purpose)
