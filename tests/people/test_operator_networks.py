import pytest

from nobat.people.operator_networks import is_of_mobile_operator


@pytest.fixture(autouse=True)
def published(settings):
    settings.MOBILE_OPERATOR_NETWORKS = ["198.51.100.0/24", "2001:db8:8000::/33"]


@pytest.mark.parametrize("address", ["198.51.100.0", "198.51.100.255", "2001:db8:8000:2::/64"])
def test_an_address_within_a_published_range_is_the_operators(address):
    assert is_of_mobile_operator(address)


@pytest.mark.parametrize(
    "address", ["198.51.101.0", "192.0.2.1", "2001:db8:1:2::/64", "::1/128", "", "not-an-address"]
)
def test_any_other_address_is_not(address):
    assert not is_of_mobile_operator(address)


def test_without_the_setting_no_address_is(settings):
    settings.MOBILE_OPERATOR_NETWORKS = []

    assert not is_of_mobile_operator("198.51.100.7")
