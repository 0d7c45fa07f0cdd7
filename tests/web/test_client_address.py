import pytest

from nobat.web.client_address import client_address


@pytest.fixture
def seen(rf, settings):
    def address(forwarded="", *, proxies=0, remote="10.0.0.1"):
        settings.TRUSTED_PROXIES = proxies
        headers = {"x-forwarded-for": forwarded} if forwarded else {}
        return client_address(rf.get("/", headers=headers, REMOTE_ADDR=remote))

    return address


def test_without_proxies_nothing_that_is_told_is_believed(seen):
    assert seen("203.0.113.9") == "10.0.0.1"


def test_one_proxy_is_believed_in_its_last_entry(seen):
    assert seen("192.0.2.66, 203.0.113.9", proxies=1) == "203.0.113.9"


def test_of_two_proxies_the_outer_one_saw_the_client(seen):
    assert seen("192.0.2.66, 203.0.113.9, 10.0.0.2", proxies=2) == "203.0.113.9"


def test_fewer_entries_than_proxies_came_by_another_way(seen):
    assert seen("203.0.113.9", proxies=2) == "10.0.0.1"


def test_with_a_proxy_too_few_counted_everybody_has_the_outer_ones_address(seen):
    assert seen("203.0.113.9, 10.0.0.2", proxies=1) == "10.0.0.2"
    assert seen("198.51.100.7, 10.0.0.2", proxies=1) == "10.0.0.2"


def test_with_a_proxy_too_many_counted_the_client_could_invent_one(seen):
    """Why operators see their own address on their first page: an honest one is wrong there."""
    assert seen("203.0.113.9", proxies=2) == "10.0.0.1"
    assert seen("192.0.2.66, 203.0.113.9", proxies=2) == "192.0.2.66"


def test_an_empty_entry_is_no_address(seen):
    assert seen("203.0.113.9, ", proxies=1) == "10.0.0.1"
    assert seen("203.0.113.9", proxies=1, remote="") == "203.0.113.9"


def test_nonsense_is_not_an_address(seen):
    assert seen("not-an-address", proxies=1) == "10.0.0.1"


def test_one_subscriber_of_ipv6_is_one_address(seen):
    one = seen("2001:db8:1:2:aaaa::1", proxies=1)

    assert one == seen("2001:db8:1:2:bbbb::9", proxies=1) == "2001:db8:1:2::/64"
    assert one != seen("2001:db8:1:3::1", proxies=1)


def test_an_old_address_written_as_a_new_one_is_still_one_of_many(seen):
    assert seen("::ffff:203.0.113.9", proxies=1) == "203.0.113.9"
