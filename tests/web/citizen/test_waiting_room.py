from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nobat.appointments.models import WaitingPlace
from nobat.web.citizen.waiting_room import wait_in_words
from tests.build import sign_in

pytestmark = pytest.mark.django_db
ROOM = "/waiting-room/"


@pytest.fixture(autouse=True)
def room(settings):
    settings.WAITING_ROOM_OPENINGS = [time(8)]
    settings.WAITING_ROOM_ADMITS = 10


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def with_number(citizen, number):
    place = WaitingPlace.objects.filter(citizen=citizen, used_at=None)
    place.update(number=number, draw=0.5)


def test_before_the_opening_it_says_when_and_that_nobody_need_hurry(sara_browses, clock):
    clock.shift(timedelta(minutes=-4))

    page = sara_browses.get(ROOM)

    text = page.content.decode()
    assert page.status_code == 200
    assert "حدود ۴ دقیقه دیگر قرعه کشیده می‌شود" in text
    assert "عجله لازم نیست" in text
    assert "ticket" not in sara_browses.cookies


def test_after_it_it_says_the_place_in_line_and_how_long_it_takes(sara_browses, sara, clock):
    sara_browses.get(ROOM)
    with_number(sara, 1300)
    clock.shift(timedelta(seconds=10))

    text = sara_browses.get(ROOM).content.decode()

    assert ">۱۲۰۰<" in text
    assert "حدود ۲ دقیقه دیگر نوبت ورود شماست" in text
    assert 'data-number="1300"' in text
    assert '<noscript><meta http-equiv="refresh"' in text


def test_let_in_it_goes_on_to_where_one_came_from(sara_browses, clock):
    clock.shift(timedelta(seconds=1))
    onward = "/offices/1021/book/?slot=5&service=petition&cases=1"

    assert sara_browses.get(ROOM, {"next": onward})["Location"] == onward


def test_let_in_one_is_told_so_on_the_page_one_comes_back_to(sara_browses, clock):
    clock.shift(timedelta(seconds=1))

    text = sara_browses.get(ROOM, {"next": "/"}, follow=True).content.decode()

    assert "نوبت ورود شماست. تا ساعت ۰۸:۳۰ می‌توانید یک نوبت بگیرید." in text


def test_let_in_without_a_choice_it_shows_the_way_to_the_offices(sara_browses, clock):
    clock.shift(timedelta(seconds=1))

    text = sara_browses.get(ROOM).content.decode()

    assert "بفرمایید" in text
    assert f'href="{reverse("citizen:find_office")}"' in text
    assert "waiting_room.js" not in text


def test_it_never_leads_to_another_site(sara_browses, clock):
    clock.shift(timedelta(seconds=1))
    assert sara_browses.get(ROOM, {"next": "//elsewhere.example/"}).status_code == 200


def test_a_closed_room_keeps_nobody(sara_browses, clock):
    clock.shift(timedelta(hours=2))

    assert sara_browses.get(ROOM, {"next": "/my/appointments/"})["Location"] == "/my/appointments/"
    assert sara_browses.get(ROOM)["Location"] == reverse("citizen:find_office")
    assert not WaitingPlace.objects.exists()


def test_how_many_are_let_in_is_asked_of_the_clock_alone_and_kept_a_second(sara_browses, clock):
    clock.shift(timedelta(seconds=12))

    with CaptureQueriesContext(connection) as asked:
        answer = sara_browses.get(f"{ROOM}now/")

    assert answer.json() == {"open": True, "rate": 10, "admitted": 120, "opens_in": 0}
    assert len(asked) == 0
    assert answer["Cache-Control"] == "public, max-age=1"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_before_the_opening_it_says_how_many_seconds_are_left(client, clock):
    clock.shift(timedelta(seconds=-30))
    answer = client.get(f"{ROOM}now/").json()
    assert answer == {"open": True, "rate": 10, "admitted": 0, "opens_in": 30}


def test_when_it_is_closed_it_says_so(client, clock):
    clock.shift(timedelta(hours=2))
    assert client.get(f"{ROOM}now/").json()["open"] is False


@pytest.mark.parametrize(
    ("seconds", "words"), [(10, "کمتر از یک دقیقه"), (40, "حدود ۱ دقیقه"), (300, "حدود ۵ دقیقه")]
)
def test_a_wait_is_said_in_minutes(seconds, words):
    assert wait_in_words(timedelta(seconds=seconds)) == words
