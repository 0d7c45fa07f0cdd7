"""The cast: the same few people in every test, so that a name says who may do what."""

import os
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
import time_machine
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from django.test.client import ClientHandler
from django.utils import timezone
from hypothesis import settings

from nobat import local_postgres
from tests import ON_PRIVATE_SERVER

django.setup()
# A process beside others (xdist) has read the settings of the one that began it.
django_settings.METRICS_DIR = Path(os.environ["METRICS_DIR"])

from nobat.appointments import attempt, policy  # noqa: E402
from nobat.database import connecting, no_writing, reading  # noqa: E402
from nobat.offices.models import AssociationMember, Role  # noqa: E402
from nobat.people.models import Person  # noqa: E402 (models need Django set up)
from nobat.shared import kept  # noqa: E402
from nobat.web import form_token  # noqa: E402
from tests.build import make_office, make_person, make_service, make_slot, make_staff  # noqa: E402
from tests.empty import empty_all_tables  # noqa: E402
from tests.front import come_in  # noqa: E402

_open_for_all_tests = ExitStack()
# A machine that is busy with something else has not found a mistake.
settings.register_profile("nobat", deadline=None)
settings.load_profile("nobat")
SATURDAY_8_AM = datetime(2026, 5, 2, 4, 30, tzinfo=UTC)  # 08:00 in Tehran


def pytest_configure(config):
    """The private PostgreSQL server of the tests runs as long as they do."""
    if ON_PRIVATE_SERVER:
        TransactionTestCase._fixture_teardown = empty_all_tables
        _open_for_all_tests.enter_context(local_postgres.running(local_postgres.TESTS))


def pytest_unconfigure(config):
    _open_for_all_tests.close()


@pytest.fixture(autouse=True)
def clock(request):
    """Time stands still at Saturday 8:00 unless a test moves it."""
    if request.node.get_closest_marker("real_time"):
        yield None
        return
    with time_machine.travel(SATURDAY_8_AM, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def rules_are_read_again():
    """What one test has set, no other one remembers."""
    policy.forget()
    attempt.forget()
    yield
    policy.forget()


@pytest.fixture(autouse=True)
def nothing_is_kept():
    """No page of one test is shown in another one, nor a cookie made for other settings."""
    kept.forget()
    form_token._cookie_line.cache_clear()


@pytest.fixture(autouse=True)
def no_bad_moment_is_remembered():
    """A server that was silent, or refused to write, in one test is well in the next one."""
    connecting.forget()
    reading.forget()
    no_writing.forget()


@pytest.fixture(autouse=True)
def everybody_comes_in_at_the_front(monkeypatch):
    """As in nobat/wsgi.py."""
    monkeypatch.setattr(ClientHandler, "__call__", come_in)


@pytest.fixture
def known_rules(db, clock) -> None:
    """This process has asked for them before, as it does every few seconds."""
    policy.rules_on(timezone.now().date())


@pytest.fixture
def sara(db) -> Person:
    """A citizen."""
    return make_person("سارا", "محمدی", mobile="+989120000001")


@pytest.fixture
def reza(db) -> Person:
    """Another citizen, who must never see or touch what is Sara's."""
    return make_person("رضا", "کریمی", mobile="+989120000002")


@pytest.fixture
def petition(db):
    """The service that office 1021 offers."""
    return make_service("petition", "تنظیم دادخواست یا شکواییه")


@pytest.fixture
def office(petition):
    """Office 1021 in Shiraz."""
    return make_office("1021", services=[petition])


@pytest.fixture
def maryam(office) -> Person:
    """Clerk of office 1021."""
    return make_staff(office, "مریم", "حسینی", mobile="+989120000003")


@pytest.fixture
def bahram(office) -> Person:
    """Manager of office 1021."""
    return make_staff(office, "بهرام", "کیانی", mobile="+989120000004", role=Role.MANAGER)


@pytest.fixture
def naser(petition) -> Person:
    """Clerk of another office, 1022, who must never see what is office 1021's."""
    return make_staff(
        make_office("1022", services=[petition]), "ناصر", "بیات", mobile="+989120000005"
    )


@pytest.fixture
def dr_karimi(db) -> Person:
    """Of the association."""
    person = make_person("سیمین", "کریمی", mobile="+989120000006")
    AssociationMember.objects.create(person=person, since=timezone.now())
    return person


@pytest.fixture
def slot(office):
    """Sunday at ten, tomorrow, with one seat."""
    return make_slot(office, "10:00")


@pytest.fixture
def sms_code(monkeypatch) -> str:
    """The digits of every SMS code of this test, instead of digits by chance."""
    monkeypatch.setattr("nobat.people.codes.secrets.randbelow", lambda _: 12345)
    return "012345"
