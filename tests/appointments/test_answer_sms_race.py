"""Several workers, several messages and a page, all at once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from nobat.appointments.answer_sms import answer_incoming_sms
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment, Proposal, Status
from nobat.appointments.proposal import accept_proposal
from nobat.sms.models import IncomingSms, Kind, OutgoingSms
from nobat.visits.integrity import check_integrity
from tests.appointments.writing import send
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_slot

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY = TOMORROW + timedelta(days=1)


@pytest.fixture
def appointment(sara, slot, petition) -> Appointment:
    return book(sara, slot, petition)


@pytest.fixture
def displaced(appointment, office, slot, clock) -> Appointment:
    make_slot(office, "10:00", day=MONDAY)
    type(slot).objects.filter(pk=slot.pk).update(offered=0)
    displace_appointment(appointment=appointment, reason="آلودگی هوا", by=None)
    clock.shift(timedelta(minutes=5))
    return appointment


@pytest.fixture(autouse=True)
def everything_is_in_order(transactional_db):
    yield
    assert [finding for finding in check_integrity() if finding.rows] == []


def sms_of(kind):
    return OutgoingSms.objects.filter(kind=kind).count()


def results():
    return sorted(IncomingSms.objects.values_list("result", flat=True))


def answers_without_waiting():
    """A worker that waits for another one breaks."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    return answer_incoming_sms()


def test_of_several_workers_one_does_it(sara, appointment):
    for _ in range(3):
        send(sara.mobile, "وضعیت")

    assert sum(at_once([answer_incoming_sms] * 4)) == 3
    assert sms_of(Kind.ANSWER) == 3


def test_a_worker_passes_over_what_another_one_is_at(sara, appointment):
    sms = send(sara.mobile, "وضعیت")
    with transaction.atomic():
        IncomingSms.objects.select_for_update().get(pk=sms.pk)
        assert at_once([answers_without_waiting]) == [0]

    assert answer_incoming_sms() == 1


def test_cancelled_by_two_messages_at_once_it_is_cancelled_once(sara, slot, appointment):
    for _ in range(2):
        send(sara.mobile, f"لغو {appointment.reference}")

    at_once([answer_incoming_sms] * 2)
    answer_incoming_sms()

    slot.refresh_from_db()
    assert (results(), slot.taken) == (["NotPossibleNow", "cancelled"], 0)
    assert (sms_of(Kind.CANCELLED), sms_of(Kind.ANSWER)) == (1, 1)


def test_accepted_by_sms_and_on_the_page_at_once_it_is_taken_once(sara, displaced):
    send(sara.mobile, "قبول")
    page = Appointment.objects.select_related("service").get()

    at_once([answer_incoming_sms, lambda: accept_proposal(appointment=page, key=uuid4())])
    answer_incoming_sms()

    displaced.refresh_from_db()
    proposal = Proposal.objects.get()
    assert (displaced.status, displaced.slot_id) == (Status.BOOKED, proposal.slot_id)
    assert proposal.slot.taken == 1
    assert sms_of(Kind.MOVED) == 1
    assert results() in (["accepted"], ["NothingProposed"])


def test_accepted_and_given_back_at_once_one_comes_after_the_other(sara, displaced):
    send(sara.mobile, "قبول")
    send(sara.mobile, f"لغو {displaced.reference}")

    at_once([answer_incoming_sms] * 2)
    answer_incoming_sms()

    displaced.refresh_from_db()
    assert displaced.status == Status.CANCELLED_BY_CITIZEN
    assert results() in (["accepted", "cancelled"], ["NothingProposed", "cancelled"])


def test_a_crowd_at_once_gets_no_more_answers_than_the_limit(sara, appointment):
    for _ in range(8):
        send(sara.mobile, "وضعیت")

    at_once([answer_incoming_sms] * 4)
    answer_incoming_sms()

    assert sms_of(Kind.ANSWER) == 5
    assert results() == ["TooOften"] * 3 + ["told"] * 5
