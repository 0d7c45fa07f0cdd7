from django.utils import timezone

from nobat.sms.gateways import Message
from nobat.sms.gateways.demo_phone import DemoPhone
from nobat.sms.models import DemoPhoneSms, Kind, OutgoingSms, State
from tests.sms.sending import send_due_sms


def test_the_phone_of_the_demo_shows_what_was_sent(queue, db):
    queue(Kind.CODE)
    send_due_sms()
    received = DemoPhoneSms.objects.get()
    assert received.to == "+989120000001"
    assert "482139" in received.text
    assert received.received_at == timezone.now()
    assert OutgoingSms.objects.get().provider_id == f"demo-{received.pk}"


def message(number):
    return Message(number, "+989120000001", Kind.BOOKED, "نوبت شما", {})


def test_the_same_message_again_is_one_message(db):
    assert DemoPhone().send(message(7)) == DemoPhone().send(message(7))
    assert DemoPhoneSms.objects.count() == 1


def test_what_a_phone_has_is_found_by_our_id_and_has_arrived(db):
    accepted = DemoPhone().send(message(7))
    assert DemoPhone().find([7, 8]) == {7: accepted}
    assert DemoPhone().became([accepted.provider_id, "demo-0"]) == {
        accepted.provider_id: State.DELIVERED
    }


def test_phones_say_nothing_by_themselves_and_cost_nothing(db):
    phone = DemoPhone()
    assert phone.credit() is None
    assert (phone.reports({}), phone.incoming({}), phone.collect()) == ({}, [], [])
