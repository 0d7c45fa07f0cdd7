import json
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.demo.providers.server import Server
from nobat.journal.acts import Act
from nobat.journal.carry_seal import carry_seal, witnessed_at
from nobat.journal.models import JournalSeal, WitnessedSeal
from nobat.journal.record import record
from nobat.journal.seal import seal_journal
from nobat.sms.models import Alarm, Trouble

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Witness:
    """Stands in for the machine outside that writes down what it is told."""

    def __init__(self):
        self.status = 204
        self.asked = []
        self.server = Server(0, self.answer)
        self.server.open()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.port}"

    def answer(self, request):
        self.asked.append(request)
        yield f"HTTP/1.1 {self.status} -\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.fixture
def witness(settings):
    outside = Witness()
    settings.JOURNAL_WITNESS_URL = outside.url
    yield outside
    outside.server.close()


@pytest.fixture
def sealed(sara, clock):
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    clock.shift(timedelta(days=1))
    seal_journal()
    return JournalSeal.objects.get()


def alarms():
    return Alarm.objects.filter(trouble=Trouble.SEAL_NOT_CARRIED, ended_at=None).count()


def test_the_witness_is_told_a_day_a_digest_and_a_count_and_nothing_else(witness, sealed):
    assert carry_seal() == 1

    [request] = witness.asked
    assert request.method == "POST"
    assert json.loads(request.body) == {"day": "2026-05-02", "seal": sealed.digest, "entries": 1}
    assert WitnessedSeal.objects.get().taken_at == witnessed_at() == timezone.now()


def test_it_is_told_again_each_hour_and_a_fresh_seal_at_once(witness, sealed, clock):
    assert [carry_seal(), carry_seal()] == [1, 0]
    clock.shift(HOUR)
    assert [carry_seal(), carry_seal()] == [1, 0]
    clock.shift(timedelta(hours=22))
    carry_seal()
    clock.shift(timedelta(minutes=30))
    seal_journal()
    assert carry_seal() == 1
    assert json.loads(witness.asked[-1].body)["day"] == "2026-05-03"


@pytest.mark.parametrize("status", [302, 400, 404, 500, 503])
def test_what_was_not_taken_is_tried_again(witness, sealed, status):
    witness.status = status
    assert carry_seal() == 0
    assert not WitnessedSeal.objects.exists()
    witness.status = 200
    assert carry_seal() == 1


def test_after_three_hours_without_one_there_is_an_alarm_until_one_is_taken(witness, sealed, clock):
    carry_seal()
    witness.status = 500
    clock.shift(3 * HOUR)
    carry_seal()
    assert alarms() == 0
    clock.shift(timedelta(minutes=5))
    carry_seal()
    assert alarms() == 1

    witness.status = 204
    carry_seal()
    assert alarms() == 0


def test_a_witness_that_never_took_one_is_missed_from_the_first_seal_on(witness, sealed, clock):
    witness.status = 500
    carry_seal()
    assert (alarms(), witnessed_at()) == (0, sealed.sealed_at)
    clock.shift(3 * HOUR + timedelta(minutes=5))
    carry_seal()
    assert alarms() == 1


def test_without_a_witness_nothing_is_carried_and_nothing_is_missed(sealed, clock):
    clock.shift(9 * HOUR)
    assert carry_seal() == 0
    assert (alarms(), witnessed_at()) == (0, None)


def test_before_the_first_seal_nothing_is_carried(witness):
    assert carry_seal() == 0
    assert (witness.asked, witnessed_at()) == ([], None)


def test_the_log_knows_the_kind_of_a_failure_and_no_address(witness, sealed, settings, caplog):
    settings.JOURNAL_WITNESS_URL = witness.url
    witness.status = 500
    with caplog.at_level(logging.DEBUG, logger="nobat"):
        carry_seal()
    assert "The witness did not take the seal of 2026-05-02: HTTP 500" in caplog.text
    assert str(witness.server.port) not in caplog.text
