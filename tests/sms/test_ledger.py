from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.sms.ledger import lines_about, not_reached, text_as_sent
from nobat.sms.models import NOT_REACHED, IncomingSms, Kind, OutgoingSms, State, Understood
from tests.build import book, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(sara, slot, petition):
    return book(sara, slot, petition)


def test_the_messages_of_an_appointment_come_the_newest_first(turn, sara, clock):
    clock.shift(timedelta(minutes=1))
    cancel_appointment(appointment=turn, by=sara)

    kinds = [line.sms.kind for line in lines_about(turn.reference)]
    assert kinds == [Kind.CANCELLED, Kind.BOOKED]


def test_what_a_phone_has_sent_stands_between_them(turn, clock):
    IncomingSms.objects.create(
        provider="outside",
        provider_id="1",
        sender="+989120000001",
        text="وضعیت",
        received_at=timezone.now() + timedelta(minutes=1),
        understood=Understood.STATUS,
        about=turn.reference,
    )

    received, sent = lines_about(turn.reference)
    assert (received.incoming.understood, received.text) == (Understood.STATUS, "وضعیت")
    assert received.sms is None
    assert sent.incoming is None


def test_another_appointments_messages_are_not_among_them(turn, reza, office, petition):
    other = book(reza, make_slot(office, "11:00"), petition)
    (line,) = lines_about(other.reference)
    assert line.sms.to == reza.mobile


def test_the_text_is_what_was_read(turn):
    (line,) = lines_about(turn.reference)
    assert "نوبت شما: یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰" in line.text


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.HAS_ACCOUNT, Kind.NO_ACCOUNT, Kind.ACCOUNT_MADE])
def test_codes_and_accounts_have_no_text(queue, kind):
    assert text_as_sent(queue(kind=kind)) == ""


def test_what_cannot_be_said_again_has_no_text(turn):
    OutgoingSms.objects.update(params={})
    assert lines_about(turn.reference)[0].text == ""


@pytest.mark.parametrize("state", State)
def test_an_appointment_is_not_reached_if_its_newest_message_was_not(turn, office, state):
    OutgoingSms.objects.update(state=state)
    expected = {turn.reference} if state in NOT_REACHED else set()
    assert not_reached([turn.reference]) == expected


def test_a_later_message_that_arrives_is_enough(turn, sara, clock):
    OutgoingSms.objects.update(state=State.UNDELIVERED)
    clock.shift(timedelta(minutes=1))
    cancel_appointment(appointment=turn, by=sara)
    OutgoingSms.objects.filter(kind=Kind.CANCELLED).update(state=State.DELIVERED)

    assert not_reached([turn.reference, "1234567890"]) == set()
