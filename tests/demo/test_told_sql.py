"""What the demo says of its messages is what they would have come to."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.demo.country import Size, make_country
from nobat.demo.progress import Progress
from nobat.orders.call_list import call_list
from nobat.sms.lanes import LANE_OF
from nobat.sms.ledger import text_as_sent
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.texts import parts
from nobat.sms.unreached import unreached
from nobat.sms.watch import watch_messages

pytestmark = pytest.mark.django_db
FICTIONAL = "+98999"


@pytest.fixture
def country(db, monkeypatch):
    monkeypatch.setattr("nobat.demo.past.PAST", timedelta(days=15))
    make_country(Size(offices=12, days=10, seed=7), Progress(io.StringIO()))


def told():
    """Without what the worker is still to send."""
    return OutgoingSms.objects.exclude(state=State.WAITING)


def test_nearly_all_messages_have_arrived(country):
    became = Counter(told().values_list("state", flat=True))

    assert set(became) == {"delivered", "undelivered", "blocked", "sent"}
    assert 0.9 < became["delivered"] / became.total() < 0.99
    assert 0.005 < became["undelivered"] / became.total() < 0.06


def test_each_is_as_the_ledger_would_have_it(country):
    now = timezone.now()
    for sms in told()[::7]:
        assert sms.provider == "demo"
        assert sms.lane == LANE_OF[Kind(sms.kind)]
        assert (sms.reported_at is None) is (sms.state == State.SENT)
        assert sms.queued_at <= sms.sent_at <= (sms.reported_at or sms.sent_at) <= now
        assert 1 <= sms.parts <= 5
        assert abs(sms.parts - parts(text_as_sent(sms))) <= 1


def test_every_message_reads_as_its_citizen_read_it(country):
    assert all(text_as_sent(sms) for sms in OutgoingSms.objects.all()[::7])


def test_few_mobiles_are_unreached_although_many_have_several_messages(country):
    everybody = set(told().values_list("to", flat=True))
    assert 0 < len(unreached(everybody, timezone.now())) < 0.07 * len(everybody)


def test_the_demos_own_people_get_every_message(country):
    own = told().exclude(to__startswith=FICTIONAL)
    assert set(own.values_list("state", flat=True)) == {State.DELIVERED}


def test_it_raises_no_alarm(country):
    assert watch_messages() == 0


def test_nobody_of_the_past_waits_for_a_call(country):
    for appointment in Appointment.objects.filter(status=Status.DISPLACED)[:3]:
        assert not call_list(appointment.office).exists()
