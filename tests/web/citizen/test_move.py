import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.utils import timezone

from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment, Status, Suspension
from tests.build import TOMORROW, book, make_office, make_slot, sign_in


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def page_of(appointment, slot=None, cases=1):
    page = f"/my/appointments/{appointment.reference}/move/"
    return f"{page}?slot={slot.pk}&service=petition&cases={cases}" if slot else page


def press(client, appointment, slot, key=None, cases=1):
    return client.post(page_of(appointment, slot, cases), {"key": key or uuid4()})


def hour_of(appointment):
    return Appointment.objects.get(pk=appointment.pk).starts_at


def test_without_an_hour_the_page_leads_to_the_calendar_of_the_same_office(
    sara_browses, appointment
):
    answer = sara_browses.get(page_of(appointment))
    address = urlsplit(answer.url)
    assert address.path == "/offices/1021/"
    assert parse_qs(address.query) == {
        "service": ["petition"],
        "cases": ["1"],
        "moving": [appointment.reference],
    }


def test_the_page_shows_both_hours_side_by_side(sara_browses, appointment, office):
    answer = sara_browses.get(page_of(appointment, make_slot(office, "11:00")))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.index("ساعت ۱۰:۰۰ تا ۱۰:۳۰") < text.index("ساعت ۱۱:۰۰ تا ۱۱:۳۰")
    assert "رسید تازه بگیرید" in text
    assert re.search(r'name="key" value="[0-9a-f-]{36}"', text)


def test_pressing_the_button_moves_and_keeps_the_tracking_code(sara_browses, appointment, office):
    to = make_slot(office, "11:00")
    answer = press(sara_browses, appointment, to)
    assert answer.url == f"/my/appointments/{appointment.reference}/"
    assert hour_of(appointment) == to.starts_at


def test_pressed_twice_it_has_moved_once(sara_browses, appointment, office):
    to, key = make_slot(office, "11:00"), uuid4()
    answers = [press(sara_browses, appointment, to, key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Appointment.objects.get().moves == 1


def test_it_can_move_to_another_office(sara_browses, appointment, petition):
    to = make_slot(make_office("1022", services=[petition]), "11:00")
    press(sara_browses, appointment, to)
    assert Appointment.objects.get().office.code == "1022"


def test_one_turn_can_become_two_that_begin_at_the_same_hour(sara_browses, appointment, office):
    make_slot(office, "10:30")
    assert sara_browses.get(page_of(appointment, appointment.slot, 3)).status_code == 200
    press(sara_browses, appointment, appointment.slot, cases=3)
    assert Appointment.objects.get().second_slot is not None


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_full_hour_keeps_the_old_one_and_shows_the_nearest(
    sara_browses, reza, appointment, office, petition, verb
):
    to = make_slot(office, "11:00")
    book(reza, to, petition)
    near = make_slot(office, "11:30")
    asked = page_of(appointment, to)
    answer = (
        sara_browses.get(asked) if verb == "get" else sara_browses.post(asked, {"key": uuid4()})
    )
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "این ساعت همین حالا پر شد" in text
    assert "نوبت کنونی شما سر جای خود است:</strong> یکشنبه ۱۳ اردیبهشت، ساعت ۱۰:۰۰" in text
    assert f"{appointment.reference}/move/?slot={near.pk}&amp;service=petition&amp;cases=1" in text
    assert f"moving={appointment.reference}" in text
    assert hour_of(appointment) == appointment.starts_at


def test_the_hour_that_is_held_already_is_not_offered(sara_browses, sara, reza, office, petition):
    own = make_slot(office, "10:00", capacity=2)
    appointment = book(sara, own, petition)
    to = make_slot(office, "11:00")
    book(reza, to, petition)
    text = sara_browses.get(page_of(appointment, to)).content.decode()
    assert f"slot={own.pk}&amp;" not in text


def test_the_hour_that_is_there_already_is_said_to_be(sara_browses, appointment):
    answer = sara_browses.get(page_of(appointment, appointment.slot))
    assert answer.status_code == 409
    assert "همین حالا هم در این ساعت است" in answer.content.decode()


def test_a_suspended_citizen_cannot_move(sara_browses, sara, appointment, office, petition):
    cause = book(sara, make_slot(office, "08:00"), petition)
    Appointment.objects.filter(pk=cause.pk).update(status=Status.NO_SHOW)
    now = timezone.now()
    Suspension.objects.create(
        citizen=sara, cause=cause, starts_at=now, until=now + timedelta(days=7)
    )
    answer = press(sara_browses, appointment, make_slot(office, "11:00"))
    assert answer.status_code == 403
    assert hour_of(appointment) == appointment.starts_at


def test_a_day_too_far_ahead_keeps_the_old_hour(sara_browses, appointment, office):
    far = make_slot(office, "10:00", day=TOMORROW + timedelta(days=60))
    assert press(sara_browses, appointment, far).status_code == 409
    assert hour_of(appointment) == appointment.starts_at


@pytest.mark.parametrize("verb", ["get", "post"])
def test_what_is_deleted_cannot_be_moved(sara_browses, appointment, office, verb):
    Appointment.objects.update(status=Status.CANCELLED_BY_CITIZEN)
    asked = page_of(appointment, make_slot(office, "11:00"))
    answer = getattr(sara_browses, verb)(asked)
    assert answer.status_code == 409
    assert "این نوبت پیش‌تر حذف شده است" in answer.content.decode()


@pytest.mark.parametrize("query", ["slot=x", "slot=99999999&service=petition", "slot="])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_an_hour_that_does_not_exist_leads_back_to_the_calendar(
    sara_browses, appointment, query, verb
):
    answer = getattr(sara_browses, verb)(f"{page_of(appointment)}?{query}")
    assert urlsplit(answer.url).path == "/offices/1021/"
    assert f"moving={appointment.reference}" in answer.url
    assert hour_of(appointment) == appointment.starts_at


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_stranger_comes_back_to_the_same_new_hour(client, appointment, office, verb):
    asked = page_of(appointment, make_slot(office, "11:00"))
    answer = getattr(client, verb)(asked)
    assert parse_qs(urlsplit(answer.url).query)["next"] == [asked]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_somebody_elses_appointment_is_not_found(client, reza, appointment, office, verb):
    sign_in(client, reza)
    answer = getattr(client, verb)(page_of(appointment, make_slot(office, "11:00")))
    assert answer.status_code == 404
    assert hour_of(appointment) == appointment.starts_at


def test_asking_in_vain_too_often_is_counted_with_booking(sara_browses, appointment, office, reza):
    taken, free = make_slot(office, "11:00"), make_slot(office, "12:00")
    book(reza, taken, appointment.service)
    for _ in range(20):
        assert press(sara_browses, appointment, taken).status_code == 409

    assert press(sara_browses, appointment, free).status_code == 429
    assert hour_of(appointment) == appointment.starts_at


def test_pressing_twice_is_not_asking_in_vain(sara_browses, appointment, office):
    later = make_slot(office, "11:00")
    for _ in range(22):
        assert press(sara_browses, appointment, later).status_code == 302


class TestHowOften:
    @pytest.fixture
    def hours(self, office):
        return [make_slot(office, f"{hour}:00") for hour in range(11, 18)]

    @pytest.fixture
    def restless(self, sara_browses, appointment, hours):
        """It has moved as often as it may in an hour."""
        for there in hours[:5]:
            assert press(sara_browses, appointment, there).status_code == 302
        return appointment

    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_one_move_more_is_refused_and_keeps_both_hours(
        self, sara_browses, restless, hours, verb
    ):
        asked = page_of(restless, hours[6])
        answer = (
            sara_browses.get(asked) if verb == "get" else sara_browses.post(asked, {"key": uuid4()})
        )

        text = answer.content.decode()
        assert answer.status_code == 429
        assert "در این ساعت پنج بار نوبت جابه‌جا کرده‌اید" in text
        assert "از ساعت ۰۸:۳۰ دوباره امتحان کنید" in text
        assert "نوبت کنونی شما سر جای خود است:</strong> یکشنبه ۱۳ اردیبهشت، ساعت ۱۵:۰۰" in text
        assert "ساعتی که می‌خواهید:</strong> یکشنبه ۱۳ اردیبهشت، ساعت ۱۷:۰۰" in text
        assert f'href="{asked.replace("&", "&amp;")}"' in text
        assert hour_of(restless) == hours[4].starts_at

    def test_it_is_said_before_another_hour_is_looked_for(self, sara_browses, restless):
        answer = sara_browses.get(page_of(restless))

        assert answer.status_code == 429
        assert "از ساعت ۰۸:۳۰ دوباره امتحان کنید" in answer.content.decode()

    def test_when_the_hour_is_over_the_same_choice_is_there_again(
        self, sara_browses, restless, hours, clock
    ):
        clock.shift(timedelta(minutes=30))

        assert sara_browses.get(page_of(restless, hours[6])).status_code == 200
        press(sara_browses, restless, hours[6])
        assert hour_of(restless) == hours[6].starts_at

    def test_whom_a_closure_displaced_takes_another_hour_at_any_time(
        self, sara_browses, restless, hours
    ):
        displace_appointment(appointment=Appointment.objects.get(), reason="آلودگی هوا", by=None)

        assert sara_browses.get(page_of(restless)).status_code == 302
        assert sara_browses.get(page_of(restless, hours[6])).status_code == 200
        press(sara_browses, restless, hours[6])
        assert hour_of(restless) == hours[6].starts_at
