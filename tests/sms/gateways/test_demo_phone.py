from django.utils import timezone

from nobat.sms.models import DemoPhoneSms, Kind, OutgoingSms
from tests.sms.sending import send_due_sms


def test_the_phone_of_the_demo_shows_what_was_sent(queue, db):
    queue(Kind.CODE)
    send_due_sms()
    received = DemoPhoneSms.objects.get()
    assert received.to == "+989120000001"
    assert "482139" in received.text
    assert received.received_at == timezone.now()
    assert OutgoingSms.objects.get().provider_id == f"demo-{received.pk}"
