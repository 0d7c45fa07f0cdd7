from urllib.parse import parse_qs, urlsplit

import pytest

from nobat.appointments.models import Appointment, Status
from tests.build import book, sign_in


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def sara_browses(client, sara):
    return sign_in(client, sara)


def page_of(appointment):
    return f"/my/appointments/{appointment.reference}/cancel/"


def status_of(appointment):
    return Appointment.objects.get(pk=appointment.pk).status


def test_the_page_asks_first_and_says_what_follows(sara_browses, appointment):
    text = sara_browses.get(page_of(appointment)).content.decode()
    for words in ("این نوبت حذف شود؟", "جریمه‌ای ندارد", "برگشت ندارد", "ساعت ۱۰:۰۰ تا ۱۰:۳۰"):
        assert words in text
    assert status_of(appointment) == Status.BOOKED


def test_pressing_the_button_deletes_and_says_so(sara_browses, appointment, slot):
    answer = sara_browses.post(page_of(appointment), follow=True)
    assert status_of(appointment) == Status.CANCELLED_BY_CITIZEN
    assert answer.redirect_chain == [("/my/appointments/", 302)]
    assert "نوبت یکشنبه ۱۳ اردیبهشت، ساعت ۱۰:۰۰ در دفتر نارنجستان حذف شد" in (
        answer.content.decode()
    )
    slot.refresh_from_db()
    assert slot.taken == 0


def test_pressing_twice_says_the_same_and_gives_one_seat_back(sara_browses, appointment, slot):
    for _ in range(2):
        answer = sara_browses.post(page_of(appointment), follow=True)
        assert answer.status_code == 200
        assert "در دفتر نارنجستان حذف شد" in answer.content.decode()
    slot.refresh_from_db()
    assert slot.taken == 0


def test_a_deleted_one_is_not_asked_about_again(sara_browses, appointment):
    sara_browses.post(page_of(appointment))
    answer = sara_browses.get(page_of(appointment))
    assert answer.status_code == 409
    assert "این نوبت پیش‌تر حذف شده است" in answer.content.decode()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_from_its_hour_on_it_cannot_be_deleted(sara_browses, appointment, clock, verb):
    clock.move_to(appointment.starts_at)
    answer = getattr(sara_browses, verb)(page_of(appointment))
    assert answer.status_code == 409
    assert "ساعت این نوبت رسیده است" in answer.content.decode()
    assert status_of(appointment) == Status.BOOKED


@pytest.mark.parametrize("status", [Status.CHECKED_IN, Status.EXCUSED, Status.NO_SHOW])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_what_is_over_cannot_be_deleted(sara_browses, appointment, status, verb):
    Appointment.objects.update(status=status)
    assert getattr(sara_browses, verb)(page_of(appointment)).status_code == 409
    assert status_of(appointment) == status


@pytest.mark.parametrize("verb", ["get", "post"])
def test_somebody_elses_appointment_is_not_found(client, reza, appointment, verb):
    answer = getattr(sign_in(client, reza), verb)(page_of(appointment))
    assert answer.status_code == 404
    assert status_of(appointment) == Status.BOOKED


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_stranger_signs_in_and_comes_back_to_the_question(client, appointment, verb):
    answer = getattr(client, verb)(page_of(appointment))
    assert parse_qs(urlsplit(answer.url).query)["next"] == [page_of(appointment)]
    assert status_of(appointment) == Status.BOOKED


def test_no_cache_keeps_the_page(sara_browses, appointment):
    assert "no-store" in sara_browses.get(page_of(appointment))["Cache-Control"]
