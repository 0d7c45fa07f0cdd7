"""A citizen is told "booked" only of a turn that the standby has too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from nobat.appointments.models import Appointment
from nobat.web.errors import TITLES
from tests import build
from tests.own_server import everything_on, make_tables, order, own_server

WAITING = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def server(django_db_blocker):
    with own_server() as cluster, django_db_blocker.unblock():
        make_tables(cluster)
        yield cluster


@pytest.fixture
def press(server, transactional_db):
    """Sara's button, as often as it is pressed, with the key of its page."""
    with everything_on(server):
        petition = build.make_service("petition", "تنظیم دادخواست")
        slot = build.make_slot(build.make_office("1021", services=[petition]), "10:00")
        browser = Client(raise_request_exception=False)
        build.sign_in(browser, build.make_person("سارا", "محمدی", mobile="+989120000001"))
        form = {"slot": slot.pk, "service": "petition", "cases": 1, "key": uuid4()}
        wait_for_standby(server, "'nobody'")
        connection.close()
        connection.ensure_connection()  # as a process has it in a rush
        yield lambda: browser.post("/offices/1021/book/", form)


def wait_for_standby(server, name):
    order(
        server,
        f"ALTER SYSTEM SET synchronous_standby_names = {name}",
        "SELECT pg_reload_conf()",
    )


def while_every_wait_is_ended(server, act):
    done = Event()

    def end_them():
        while not done.wait(0.02):
            order(server, "SET synchronous_commit = off", WAITING)

    with ThreadPoolExecutor(1) as operator:
        ending = operator.submit(end_them)
        try:
            return act()
        finally:
            done.set()
            ending.result()


def test_as_long_as_it_is_on_none_the_form_comes_back_then_the_same_turn_is_given(server, press):
    for _ in range(2):
        answer = while_every_wait_is_ended(server, press)
        assert answer.status_code == 503
        assert TITLES["unknown"] in answer.content.decode()
        assert Appointment.objects.count() == 1  # others see it already
    wait_for_standby(server, "''")
    answer = press()
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/{Appointment.objects.get().reference}/")
