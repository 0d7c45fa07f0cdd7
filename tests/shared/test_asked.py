import pytest

from nobat.shared import asked
from nobat.shared.asked import Asked, asked_now, is_well_formed, name_page


def test_outside_of_a_request_nothing_is_asked_and_no_page_can_be_named():
    assert asked_now() is None
    name_page("citizen:book")
    assert asked_now() is None


def test_what_is_asked_has_a_number_of_its_own_and_a_page_once_it_is_named():
    token = asked.begin(Asked())
    name_page("citizen:book")
    found = asked_now()
    asked.end(token)
    assert found.page == "citizen:book"
    assert is_well_formed(found.request_id)
    assert found.request_id != Asked().request_id


@pytest.mark.parametrize(
    ("request_id", "is_so"),
    [
        ("662067a4bea0c9d429ba410f61698082", True),
        ("662067a4-bea0-c9d4-29ba-410f61698082", True),
        ("", False),
        ("09120000001", False),
        ("662067A4BEA0C9D429BA410F61698082", False),
        ("662067a4bea0c9d429ba410f61698082\n", False),
        ("662067a4bea0c9d429ba410f616980821", False),
        ("سارا", False),
    ],
)
def test_only_what_proxies_make_is_well_formed(request_id, is_so):
    assert is_well_formed(request_id) is is_so
