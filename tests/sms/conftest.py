"""What tests of messages need besides the cast."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.outbox import queue_sms
from tests.sms.gateway import KeepsAll, Second


@pytest.fixture
def outside(settings, db) -> type[KeepsAll]:
    """The gateway in use: it keeps what it is given."""
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    KeepsAll.begins_anew()
    return KeepsAll


@pytest.fixture
def second(outside, settings) -> type[Second]:
    """Another gateway, for what the first one does not take."""
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll, tests.sms.gateway.Second"
    Second.begins_anew()
    return Second


@pytest.fixture
def queue(db):
    """Queue a message with sensible values; returns its row."""

    def queue(kind=Kind.NO_ACCOUNT, occasion="an event", **changes) -> OutgoingSms:
        secrets = {Kind.CODE: {"code": "482139"}, Kind.ACCOUNT_MADE: {"password": "Sarv-Naz-41"}}
        params = (
            {"username": "09120000001"} if kind == Kind.ACCOUNT_MADE else {"purpose": "sign_in"}
        )
        values = {
            "to": "+989120000001",
            "about": "people.Person:1",
            "params": params,
            "secret": secrets.get(kind),
            "not_after": timezone.now() + timedelta(days=1),
            **changes,
        }
        queue_sms(kind=kind, occasion=occasion, **values)
        return OutgoingSms.objects.get(occasion=occasion)

    return queue


@pytest.fixture
def plans_that_loop(db) -> None:
    """As the planner may plan on some day: with a joined choice made anew for every row.

    It does so where a table was empty when it was last looked at.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 1 WHERE relname = 'sms_outgoingsms'"
        )
