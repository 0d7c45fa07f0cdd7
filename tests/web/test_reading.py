"""Only a hot standby is left: who reads goes on, who wants to change something is told calmly."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.people.models import Session
from nobat.people.sessions import SEEN_EVERY, STAFF_SEEN_EVERY
from tests import build
from tests.conftest import SATURDAY_8_AM
from tests.own_server import (
    everything_on,
    halt,
    make_tables,
    order,
    own_server,
    standby_of,
    wait_until_it_follows,
)

NOTICE = "<strong>الان فقط می‌توان دید.</strong>"


@pytest.fixture(scope="module")
def country(django_db_blocker):
    """Everybody is signed in, and Sara has an appointment, when the primary goes for good."""
    with own_server() as primary, django_db_blocker.unblock():
        make_tables(primary)
        with standby_of(primary) as standby:
            with everything_on(primary), time_machine.travel(SATURDAY_8_AM, tick=False):
                known = people_and_places()
            wait_until_it_follows(standby, primary)
            halt(primary)
            yield SimpleNamespace(**known, primary=primary, standby=standby)


def people_and_places():
    petition = build.make_service("petition", "تنظیم دادخواست")
    office = build.make_office("1021", services=[petition])
    sara = build.make_person("سارا", "محمدی", mobile="+989120000001")
    maryam = build.make_staff(office, "مریم", "حسینی", mobile="+989120000003")
    appointment = build.book(sara, build.make_slot(office, "10:00"), petition)
    known = {
        "office": office,
        "slot": build.make_slot(office, "11:00"),
        "reference": appointment.reference,
        "sara": build.sign_in(Client(raise_request_exception=False), sara),
        "maryam": build.sign_in_staff(Client(raise_request_exception=False), maryam),
    }
    # It is time to note that they are here.
    for person, every in ((sara, SEEN_EVERY), (maryam, STAFF_SEEN_EVERY)):
        Session.objects.filter(person=person).update(seen_at=timezone.now() - every)
    return known


@pytest.fixture
def standby_alone(country, transactional_db, monkeypatch):
    place = {"host": str(country.standby.socket_folder), "dbname": "nobat"}
    monkeypatch.setitem(connection.settings_dict, "READ", place)
    with everything_on(country.primary):
        yield country


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/offices/?province=07&county=0707&service=petition",
        "/offices/1021/",
        "/offices/1021/book/?slot={slot}&service=petition&cases=1",
        "/my/appointments/",
        "/my/appointments/{reference}/",
        "/my/appointments/{reference}/receipt/",
        "/my/appointments/{reference}/cancel/",
    ],
)
def test_whoever_reads_goes_on_and_hears_it_at_the_top(standby_alone, page):
    known = {"slot": standby_alone.slot.pk, "reference": standby_alone.reference}
    answer = standby_alone.sara.get(page.format(**known))
    assert answer.status_code == 200
    assert answer.content.decode().count(NOTICE) == 1


def test_the_receipt_on_paper_and_the_entry_for_a_calendar_are_there_too(standby_alone):
    for name in ("receipt.pdf", "appointment.ics"):
        page = f"/my/appointments/{standby_alone.reference}/{name}"
        assert standby_alone.sara.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/office/", "/office/sheet/", "/office/walk-in/"])
def test_an_office_sees_its_day(standby_alone, page):
    answer = standby_alone.maryam.get(page)
    assert answer.status_code == 200
    assert NOTICE in answer.content.decode()


def test_whoever_works_there_stays_signed_in_although_nobody_can_be_noted_as_seen(
    standby_alone, clock
):
    for _ in range(4):
        assert standby_alone.maryam.get("/office/").status_code == 200
        clock.shift(timedelta(minutes=10))


def test_an_office_finds_out_whose_receipt_it_is(standby_alone):
    answer = standby_alone.maryam.post("/office/check-in/", {"code": standby_alone.reference})
    assert answer.status_code == 409  # it is tomorrow's
    assert "فردا" in answer.content.decode() or "یکشنبه" in answer.content.decode()


def test_a_booking_is_refused_with_the_same_form_and_asks_no_copy(standby_alone):
    key = str(uuid4())
    form = {"slot": standby_alone.slot.pk, "service": "petition", "cases": 1, "key": key}
    answer = standby_alone.sara.post("/offices/1021/book/", form)
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert f'name="key" value="{key}"' in answer.content.decode()
    connections = "SELECT FROM pg_stat_activity WHERE datname = 'nobat'"
    assert len(order(standby_alone.standby, connections).fetchall()) == 1  # ours, that asks


def test_if_the_way_to_the_primary_leads_to_a_copy_every_act_is_refused_with_the_notice(
    standby_alone,
):
    form = {"slot": standby_alone.slot.pk, "service": "petition", "cases": 1, "key": uuid4()}
    pages = [f"/my/appointments/{standby_alone.reference}/cancel/", "/offices/1021/book/"]
    with everything_on(standby_alone.standby):
        for page in pages:
            answer = standby_alone.sara.post(page, form)
            assert answer.status_code == 503
            assert '<h1 id="plain-title">الان فقط می‌توان دید</h1>' in answer.content.decode()
        assert standby_alone.sara.get("/my/appointments/").status_code == 200
        assert Appointment.objects.count() == 1


def test_as_long_as_everything_is_well_nothing_is_said(client, office):
    assert NOTICE not in client.get("/offices/1021/").content.decode()
