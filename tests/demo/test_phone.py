"""The page that shows what the phones of the demo have received."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.utils import timezone

from nobat.sms.gateways import Message
from nobat.sms.gateways.demo_phone import DemoPhone
from nobat.sms.kinds import Kind

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PHONE = "/demo/phone/"
SARA, REZA = "+989120000001", "+989120000002"
BY_HTMX = {"HX-Request": "true"}
_numbers = count(1)


def send(to, text):
    DemoPhone().send(Message(next(_numbers), to, Kind.CODE, text, {}))


@pytest.fixture(autouse=True)
def _no_files_of_the_front_end_needed(settings, db):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    cache.clear()


@pytest.fixture
def received(clock):
    """Three messages, a minute apart."""
    for to, text in ((SARA, "پیام یکم"), (REZA, "پیام دوم"), (SARA, "پیام سوم 012345")):
        send(to, text)
        clock.shift(timedelta(minutes=1))


def page(client, mobile="", **more):
    return client.get(PHONE, {"mobile": mobile, **more})


@pytest.mark.parametrize("typed", ["09120000001", "+98 912 000 0001", "۰۹۱۲۰۰۰۰۰۰۱"])
def test_a_phone_shows_its_own_messages_newest_first(client, received, typed):
    html = page(client, typed).content.decode()
    assert html.index("پیام سوم 012345") < html.index("پیام یکم")
    assert "پیام دوم" not in html
    assert "۰۹۱۲ ۰۰۰ ۰۰۰۱" in html


def test_without_a_number_all_phones_are_shown(client, received):
    html = client.get(PHONE).content.decode()
    assert html.index("پیام سوم") < html.index("پیام دوم") < html.index("پیام یکم")
    assert "۰۹۱۲ ۰۰۰ ۰۰۰۲" in html


def test_each_message_says_when_it_came_and_how_long_it_is(client):
    send(SARA, "ب" * 71)
    html = page(client, SARA).content.decode()
    assert "۷۱ نویسه، ۲ بخش" in html
    assert "۱۲ اردیبهشت، " in html
    assert "۰۸:۰۰" in html


def test_what_a_message_says_is_never_html(client):
    send(SARA, "<script>")
    assert "&lt;script&gt;" in page(client, SARA).content.decode()


def test_a_phone_without_messages_says_that_they_will_come(client, received):
    assert "هنوز پیامکی نیامده است" in page(client, "09120000003").content.decode()


def test_what_is_no_mobile_number_is_refused_in_words(client, received):
    answer = page(client, "071 3200")
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "این شمارهٔ موبایل ایران نیست" in html
    assert "پیام" not in html.split("</form>")[1].split("<footer")[0]


def test_htmx_gets_the_phone_alone_and_only_when_something_came(client, received):
    first = client.get(PHONE, {"mobile": SARA, "seen": ""}, headers=BY_HTMX)
    assert b"<html" not in first.content
    newest = first.context["newest"]
    again = client.get(PHONE, {"mobile": SARA, "seen": newest}, headers=BY_HTMX)
    assert (again.status_code, again.content) == (204, b"")
    send(SARA, "پیام چهارم")
    then = client.get(PHONE, {"mobile": SARA, "seen": newest}, headers=BY_HTMX)
    assert "پیام چهارم" in then.content.decode()


def test_nobody_keeps_a_copy_of_the_page(client):
    assert "no-store" in client.get(PHONE)["Cache-Control"]


def test_outside_of_the_demo_there_is_no_such_page(client, settings):
    settings.DEMO = False
    assert client.get(PHONE).status_code == 404


def test_the_newest_of_one_moment_is_above(client):
    now = timezone.now()
    for text in ("یکم", "دوم"):
        send(SARA, f"پیام {text}")
    assert timezone.now() == now
    html = page(client, SARA).content.decode()
    assert html.index("پیام دوم") < html.index("پیام یکم")
