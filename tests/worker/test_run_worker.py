"""The worker as it really runs: a process that is asked to end, or killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from nobat.appointments.models import Appointment, Proposal, Status
from nobat.schedule.models import ClosureOrder, Slot
from nobat.schedule.publish import publish_slots
from nobat.shared.jalali import tehran_day
from nobat.sms.models import DemoPhoneSms, Kind, OutgoingSms, State
from nobat.sms.outbox import queue_sms
from nobat.visits.integrity import check_integrity
from tests.build import book, make_hours, make_person
from tests.orders.conftest import give, order_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_time]

CHECKOUT = Path(__file__).resolve().parents[2]
LONG_ENOUGH = 30  # seconds; what really is promised is asserted


@pytest.fixture
def start_worker():
    """Start one on the database of the tests; none outlives the test."""
    started = []
    there = urlsplit(os.environ["DATABASE_URL"])
    url = there._replace(path=f"/{connection.settings_dict['NAME']}").geturl()

    def start():
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "run_worker"],
            cwd=CHECKOUT,
            env={**os.environ, "DATABASE_URL": url},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.communicate()


def queue(occasion):
    queue_sms(
        kind=Kind.NO_ACCOUNT,
        to="+989120000001",
        about="people.Person:1",
        occasion=occasion,
        params={"purpose": "sign_in"},
        not_after=timezone.now() + timedelta(hours=1),
    )


def wait_until(is_so):
    deadline = time.monotonic() + LONG_ENOUGH
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sent():
    return OutgoingSms.objects.filter(state=State.SENT).count()


def test_a_message_leaves_within_two_seconds(start_worker):
    queue("wakes the worker up")
    start_worker()
    wait_until(lambda: sent() == 1)
    queue("somebody waits for this one")
    wait_until(lambda: sent() == 2)
    message = OutgoingSms.objects.latest("pk")
    assert message.sent_at - message.queued_at < timedelta(seconds=2)


def test_the_worker_ends_in_good_order_when_it_is_asked_to(start_worker):
    queue("wakes the worker up")
    worker = start_worker()
    wait_until(lambda: sent() == 1)
    worker.send_signal(signal.SIGTERM)
    _, log = worker.communicate(timeout=LONG_ENOUGH)
    assert worker.returncode == 0
    assert "ended in good order" in log
    assert "send_codes: 1 in" in log


def test_killing_the_worker_loses_nothing_and_repeats_nothing(start_worker):
    for number in range(300):
        queue(f"event {number}")
    first = start_worker()
    wait_until(lambda: sent() > 20)
    first.kill()
    first.wait()
    # The lease of the message that was at hand need not be waited for here.
    OutgoingSms.objects.filter(state=State.SENDING).update(ask_at=timezone.now())
    start_worker()
    wait_until(lambda: sent() == 300)
    assert DemoPhoneSms.objects.count() == 300


def test_killing_it_in_the_middle_of_a_closure_loses_nobody_and_tells_nobody_twice(
    start_worker, office, petition, dr_karimi
):
    make_hours(office, range(7), seats=60)
    publish_slots(ahead=timedelta(days=9))
    tomorrow = tehran_day(timezone.now()) + timedelta(days=1)
    seats = [slot for slot in Slot.objects.filter(day=tomorrow) for _ in range(50)][:300]
    people = [make_person(mobile=f"+98912333{number:04}") for number in range(len(seats))]
    for citizen, slot in zip(people, seats, strict=True):
        book(citizen, slot, petition)
    order = give(order_of(dr_karimi, is_nationwide=True, first_day=tomorrow, last_day=tomorrow))

    first = start_worker()
    wait_until(Proposal.objects.exists)
    first.kill()
    first.wait()
    assert Appointment.objects.filter(status=Status.BOOKED).exists()
    start_worker()
    wait_until(lambda: ClosureOrder.objects.get(pk=order.pk).state == "done")

    assert not Appointment.objects.exclude(status=Status.DISPLACED).exists()
    assert Proposal.objects.count() == 300
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 300
    assert [finding for finding in check_integrity() if finding.rows] == []
