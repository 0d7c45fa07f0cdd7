import pytest

from tests.people.test_apps import told_before_going_live

TWO = "nobat.sms.gateways.kavenegar.Kavenegar, nobat.sms.gateways.magfa.Magfa"


@pytest.fixture(autouse=True)
def serious(settings):
    settings.DEMO = False
    settings.SMS_GATEWAY = TWO
    settings.SMS_PARTS_PER_DAY = 300_000


def test_an_operator_with_two_gateways_and_a_budget_hears_nothing():
    assert not {"sms.W001", "sms.W002"} & told_before_going_live()


@pytest.mark.parametrize("gateways", ["", TWO.split(",")[0], TWO.split(",")[0] + ","])
def test_an_operator_is_told_that_no_second_gateway_takes_over(settings, gateways):
    settings.SMS_GATEWAY = gateways

    assert "sms.W001" in told_before_going_live()


def test_an_operator_is_told_that_spending_has_no_end(settings):
    settings.SMS_PARTS_PER_DAY = 0

    assert "sms.W002" in told_before_going_live()


def test_the_demo_spends_nothing(settings):
    settings.DEMO, settings.SMS_GATEWAY, settings.SMS_PARTS_PER_DAY = True, "", 0

    assert not {"sms.W001", "sms.W002"} & told_before_going_live()
