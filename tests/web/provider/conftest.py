"""What tests of the pages for providers need besides the cast."""

import pytest

from nobat.web.provider.address import Tells, address_for
from tests.sms.gateway import KeepsAll, Second


@pytest.fixture
def outside(settings, db) -> type[KeepsAll]:
    """Two gateways are in use; this is the first."""
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll,tests.sms.gateway.Second"
    KeepsAll.begins_anew()
    Second.begins_anew()
    return KeepsAll


@pytest.fixture
def reports_page(outside) -> str:
    return address_for("outside", Tells.REPORTS)


@pytest.fixture
def incoming_page(outside) -> str:
    return address_for("outside", Tells.INCOMING)
