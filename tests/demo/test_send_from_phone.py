"""A phone of the demo answers, and the whole talk is seen on its page."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from nobat.sms.models import DemoPhoneSms, IncomingSms

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PHONE, SEND = "/demo/phone/", "/demo/phone/send/"
SARA, REZA = "+989120000001", "+989120000002"


@pytest.fixture(autouse=True)
def _no_files_of_the_front_end_needed(settings, db):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    cache.clear()


def send(client, text, mobile="09120000001"):
    return client.post(SEND, {"mobile": mobile, "text": text})


def page(client, mobile=SARA, **more):
    return client.get(PHONE, {"mobile": mobile, **more})


def test_what_a_phone_sends_is_received_and_the_page_of_the_phone_comes_back(client):
    answer = send(client, " وضعیت ")
    sms = IncomingSms.objects.get()
    assert (sms.provider, sms.sender, sms.text) == ("demo", SARA, "وضعیت")
    assert answer.headers["Location"] == "/demo/phone/?mobile=%2B989120000001"


def test_the_same_words_again_are_another_message(client):
    send(client, "لغو")
    send(client, "لغو")
    assert IncomingSms.objects.count() == 2


def test_nothing_typed_is_nothing_sent(client):
    assert send(client, "  ").status_code == 302
    assert not IncomingSms.objects.exists()


def test_what_is_no_mobile_is_refused(client):
    assert send(client, "لغو", mobile="071 3200").status_code == 400
    assert not IncomingSms.objects.exists()


def test_the_page_shows_what_the_phone_sent_below_what_it_got_then(client):
    DemoPhoneSms.objects.create(to=SARA, text="پاسخ ما", received_at=timezone.now())
    send(client, "پرسش <b>من</b>")
    html = page(client).content.decode()
    assert html.index("پاسخ ما") < html.index("پرسش &lt;b&gt;من")
    assert '<li class="is-own">' in html
    assert "is_own=" not in html  # nothing else on the page takes them for its own notices


def test_another_phone_and_the_list_of_all_do_not_show_it(client):
    send(client, "پرسش من")
    for mobile in (REZA, ""):
        assert "پرسش من" not in page(client, mobile).content.decode()


def test_a_phone_can_answer_only_when_one_is_chosen(client):
    assert "پاسخ از این گوشی" in page(client).content.decode()
    assert "پاسخ از این گوشی" not in client.get(PHONE).content.decode()


def test_htmx_hears_of_what_was_sent_elsewhere(client):
    seen = page(client).context["newest"]
    send(client, "پرسش من")
    news = client.get(PHONE, {"mobile": SARA, "seen": seen}, headers={"HX-Request": "true"})
    assert "پرسش من" in news.content.decode()


def test_a_form_of_another_site_sends_nothing():
    assert send(Client(enforce_csrf_checks=True), "لغو").status_code == 403
    assert not IncomingSms.objects.exists()


def test_outside_of_the_demo_there_is_no_such_phone(client, settings):
    settings.DEMO = False
    assert send(client, "لغو").status_code == 404
    assert not IncomingSms.objects.exists()
