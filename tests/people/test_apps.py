import pytest
from django.core.checks import run_checks


def told_before_going_live() -> set[str]:
    return {message.id for message in run_checks(include_deployment_checks=True)}


def test_an_operator_is_advised_to_keep_the_password_out_of_the_sms(settings):
    settings.CREDENTIALS_SMS = "username_and_password"
    assert "people.W001" in told_before_going_live()


def test_an_operator_who_keeps_it_out_hears_nothing(settings):
    settings.CREDENTIALS_SMS = "username"
    assert "people.W001" not in told_before_going_live()


@pytest.fixture
def serious(settings):
    settings.DEMO, settings.HTTPS = False, True
    settings.TRUSTED_PROXIES = 1
    settings.MOBILE_OPERATOR_NETWORKS = ["198.51.100.0/24"]
    return settings


def test_an_operator_who_knows_the_addresses_of_people_hears_nothing(serious):
    assert not {"people.W002", "people.W003"} & told_before_going_live()


def test_an_operator_is_told_that_everybody_comes_from_the_proxy(serious):
    serious.TRUSTED_PROXIES = 0
    assert "people.W002" in told_before_going_live()

    serious.HTTPS = False  # nothing stands in front
    assert "people.W002" not in told_before_going_live()


def test_an_operator_is_told_whose_address_thousands_share(serious):
    serious.MOBILE_OPERATOR_NETWORKS = []

    assert "people.W003" in told_before_going_live()


def test_the_demo_is_told_nothing_of_addresses(serious):
    serious.DEMO, serious.TRUSTED_PROXIES, serious.MOBILE_OPERATOR_NETWORKS = True, 0, []

    assert not {"people.W002", "people.W003"} & told_before_going_live()
