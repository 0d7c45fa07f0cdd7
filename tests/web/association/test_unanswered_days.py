from datetime import timedelta

import pytest
from django.urls import reverse

from nobat.appointments.models import Status
from nobat.visits.answer import answer_day
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.models import Answer, OfficeDay
from tests.build import book, sign_in_staff
from tests.web.association.decisions import officer, reader

pytestmark = pytest.mark.django_db
LIST = reverse("association:unanswered_days")


@pytest.fixture
def turn(sara, slot, petition, clock):
    """The evening of a Sunday on which nobody was recorded."""
    turn = book(sara, slot, petition)
    clock.move_to(turn.ends_at + timedelta(hours=3))
    close_finished_days()
    return turn


@pytest.fixture
def address(turn):
    return reverse("association:unanswered_day", args=[OfficeDay.objects.get().pk])


def test_the_days_stand_by_office(turn, address, karimi_works):
    text = karimi_works.get(LIST).content.decode()

    assert "دفتر نارنجستان" in text
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "یک نوبت منتظر پاسخ است" in text
    assert address in text


def test_a_day_is_shown_with_its_turns_and_no_name(turn, address, karimi_works, sara):
    text = karimi_works.get(address).content.decode()

    assert "ساعت ۱۰:۰۰" in text
    assert "هیچ‌کس جریمه نمی‌شود" in text
    assert "دفتر باز بود و کسی نیامد" in text
    assert sara.full_name not in text


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("nobody_came", Status.NO_SHOW),
        ("not_recorded", Status.EXCUSED),
        ("was_closed", Status.EXCUSED),
    ],
)
def test_an_answer_is_kept_said_and_carried_out(
    turn, address, karimi_works, dr_karimi, answer, status
):
    page = karimi_works.post(address, {"answer": answer, "sure": "1"}, follow=True)

    assert "پاسخ یکشنبه ۱۳ اردیبهشت برای دفتر نارنجستان ثبت شد" in page.content.decode()
    assert OfficeDay.objects.get().answered_by == dr_karimi
    close_finished_days()
    turn.refresh_from_db()
    assert turn.status == status


def test_before_anybody_is_missed_the_page_asks_again(address, karimi_works):
    text = karimi_works.post(address, {"answer": "nobody_came"}).content.decode()

    assert "باز بود و هیچ‌کدام نیامدند؟" in text
    assert 'name="sure"' in text
    assert OfficeDay.objects.get().answer == ""


def test_what_the_office_answered_meanwhile_is_said(address, karimi_works, office, bahram):
    day = OfficeDay.objects.get().day
    answer_day(office=office, day=day, answer=Answer.WAS_CLOSED, by=bahram)
    page = karimi_works.post(address, {"answer": "not_recorded"}, follow=True)

    assert "پیش‌تر پاسخ داده شده است" in page.content.decode()
    assert "روزی منتظر پاسخ نیست" in page.content.decode()
    assert "دیگر منتظر پاسخ نیست: «دفتر بسته بود»" in karimi_works.get(address).content.decode()


def test_what_no_button_sends_cannot_be_read(address, karimi_works):
    assert karimi_works.post(address, {"answer": "x"}).status_code == 400


def test_one_of_another_province_neither_sees_nor_answers(address, client):
    sign_in_staff(client, officer("23"))

    assert "روزی منتظر پاسخ نیست" in client.get(LIST).content.decode()
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "was_closed"}).status_code == 404
    assert OfficeDay.objects.get().answer == ""


def test_who_only_reads_has_no_buttons(address, client):
    text = sign_in_staff(client, reader()).get(address).content.decode()
    assert 'name="answer"' not in text
