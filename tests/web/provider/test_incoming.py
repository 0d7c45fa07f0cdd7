import json

from nobat.sms.models import IncomingSms

SAID = {"id": "1", "from": "09120000001", "text": "لغو ۱۲۳"}


def test_a_message_is_kept_and_is_not_acted_upon_before_the_page(client, incoming_page):
    assert client.post(incoming_page, SAID).content == b"ok"
    sms = IncomingSms.objects.get()
    assert (sms.provider, sms.sender, sms.text) == ("outside", "+989120000001", "لغو ۱۲۳")
    assert sms.answered_at is None


def test_handed_over_again_by_whatever_way_it_is_kept_once(client, incoming_page):
    client.get(incoming_page, SAID)
    client.post(incoming_page, SAID)
    client.post(incoming_page, json.dumps(SAID), content_type="application/json")
    assert IncomingSms.objects.count() == 1
