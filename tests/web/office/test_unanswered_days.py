from datetime import timedelta

import pytest

from nobat.appointments.models import Status
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.models import OfficeDay
from tests.build import sign_in_staff

PAGE = "/office/unanswered/"
SUNDAY = "2026-05-03"


@pytest.fixture
def asked(at_ten, clock):
    """The evening of a Sunday on which nobody was recorded."""
    clock.move_to(at_ten.ends_at + timedelta(hours=3))
    close_finished_days()
    return at_ten


@pytest.fixture
def bahram_works(client, bahram):
    return sign_in_staff(client, bahram)


def test_each_day_stands_with_its_answers_and_what_follows_from_them(asked, bahram_works):
    text = bahram_works.get(PAGE).content.decode()
    assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "یک نوبت منتظر پاسخ است" in text
    for words in (
        "باز بودیم و کسی نیامد",
        "چند روز نوبت اینترنتی نمی‌گیرند",
        "مردم آمدند ولی ثبت نشدند",
        "دفتر بسته بود",
        "هیچ‌کس جریمه نمی‌شود",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("nobody_came", Status.NO_SHOW),
        ("not_recorded", Status.EXCUSED),
        ("was_closed", Status.EXCUSED),
    ],
)
def test_an_answer_is_kept_said_and_carried_out(asked, bahram_works, answer, status):
    form = {"day": SUNDAY, "answer": answer, "sure": "1"}
    page = bahram_works.post(PAGE, form, follow=True)
    text = page.content.decode()
    assert "پاسخ یکشنبه ۱۳ اردیبهشت ثبت شد" in text
    assert "روزی منتظر پاسخ نیست" in text
    close_finished_days()
    asked.refresh_from_db()
    assert asked.status == status


def test_before_anybody_is_missed_the_page_names_them_and_asks_again(asked, bahram_works):
    answer = bahram_works.post(PAGE, {"day": SUNDAY, "answer": "nobody_came"})
    text = answer.content.decode()
    assert "باز بودید و هیچ‌کدام نیامدند؟" in text
    assert asked.citizen.full_name in text
    assert OfficeDay.objects.get().answer == ""


def test_a_second_answer_is_refused_in_words(asked, bahram_works):
    for answer in ("was_closed", "nobody_came"):
        form = {"day": SUNDAY, "answer": answer, "sure": "1"}
        page = bahram_works.post(PAGE, form, follow=True)
    assert "پیش‌تر پاسخ داده شده است" in page.content.decode()
    assert OfficeDay.objects.get().answer == "was_closed"


@pytest.mark.parametrize(
    "form", [{}, {"day": SUNDAY, "answer": "x"}, {"day": "x", "answer": "was_closed"}]
)
def test_what_no_button_sends_cannot_be_read(asked, bahram_works, form):
    assert bahram_works.post(PAGE, form).status_code == 400


def test_when_nothing_waits_the_page_says_so(bahram_works):
    assert "روزی منتظر پاسخ نیست" in bahram_works.get(PAGE).content.decode()


def test_it_is_the_managers_page(asked, maryam_works):
    assert maryam_works.get(PAGE).status_code == 403
    form = {"day": SUNDAY, "answer": "was_closed"}
    assert maryam_works.post(PAGE, form).status_code == 403
    assert OfficeDay.objects.get().answer == ""


def test_a_manager_does_not_answer_for_another_office(asked, client, naser):
    naser.memberships.update(role="manager")
    sign_in_staff(client, naser)
    assert "یکشنبه ۱۳" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"day": SUNDAY, "answer": "was_closed"})
    assert OfficeDay.objects.get().answer == ""
