from datetime import date, time

import pytest

from nobat.schedule.models import Slot, WeeklyHours
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, book, make_hours, sign_in_staff

PAGE = "/office/hours/"
SUNDAY_UNTIL_TEN = {
    "valid_from": "2026-05-03",
    "d1_0_opens": "۸",
    "d1_0_closes": "10:00",
    "d1_0_minutes": "۳۰",
    "d1_0_seats": "2",
}


@pytest.fixture
def manager(client, bahram):
    return sign_in_staff(client, bahram)


@pytest.fixture
def open_office(office):
    make_hours(office, [0, 1])
    publish_slots()
    return office


def test_the_page_shows_the_week_that_holds_and_the_changes_to_come(manager, open_office):
    make_hours(open_office, [3], valid_from=date(2026, 5, 20))

    text = manager.get(PAGE).content.decode()

    assert "شنبه و یکشنبه، ۰۸:۰۰ تا ۱۲:۰۰" in text
    assert "از ۳۰ اردیبهشت" in text
    assert 'name="d1_0_opens" value="۰۸:۰۰"' in text
    assert "d3_0_opens" not in text
    assert '<option value="2026-05-09" selected>' in text  # the coming Saturday


def test_an_office_without_hours_is_told_what_follows(manager):
    assert "از این دفتر نوبتی داده نمی‌شود" in manager.get(PAGE).content.decode()


def test_the_preview_shows_turns_and_who_falls_out_and_saves_nothing(
    manager, sara, open_office, petition
):
    slot = Slot.objects.get(day=TOMORROW, starts_at__hour=11, starts_at__minute=0)
    book(sara, slot, petition)

    text = manager.post(PAGE, SUNDAY_UNTIL_TEN).content.decode()

    assert "ساعت‌های تازه، از یکشنبه ۱۳ اردیبهشت" in text
    assert "۰۸:۰۰ تا ۱۰:۰۰" in text
    assert "بسته می‌شود، اکنون ۸ وقت" in text
    assert "۱ نوبت با ساعت‌های تازه نمی‌خواند" in text
    assert "سارا محمدی" in text
    assert WeeklyHours.objects.filter(valid_from=TOMORROW).count() == 0


def test_a_week_into_which_everybody_fits_says_so(manager, open_office):
    assert "همهٔ نوبت‌های داده‌شده با ساعت‌های تازه می‌خواند" in (
        manager.post(PAGE, SUNDAY_UNTIL_TEN).content.decode()
    )


def test_saving_sets_the_week_and_keeps_every_appointment(manager, sara, open_office, petition):
    slot = Slot.objects.get(day=TOMORROW, starts_at__hour=11, starts_at__minute=0)
    appointment = book(sara, slot, petition)

    answer = manager.post(PAGE, SUNDAY_UNTIL_TEN | {"step": "save"})

    assert answer.url == PAGE
    [row] = WeeklyHours.objects.filter(valid_from=TOMORROW)
    assert (row.weekday, row.opens_at, row.closes_at, row.seats) == (1, time(8), time(10), 2)
    appointment.refresh_from_db()
    assert appointment.status == "booked"
    assert "ساعت‌های تازه ثبت شد، از یکشنبه ۱۳ اردیبهشت" in manager.get(PAGE).content.decode()


@pytest.mark.parametrize("step", ["", "save"])
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"d1_0_opens": "۲۵"}, "مانند ۰۸:۳۰ بنویسید."),
        ({"d1_0_closes": ""}, "این خانه را هم پر کنید."),
        ({"d1_0_minutes": "x"}, "عددی میان ۵ و ۲۴۰ بنویسید."),
        ({"d1_0_minutes": "۲۴۱"}, "عددی میان ۵ و ۲۴۰ بنویسید."),
        ({"d1_0_seats": "0"}, "عددی میان ۱ و ۲۰۰ بنویسید."),
        ({"d1_0_opens": "", "d1_0_closes": ""}, "برای هیچ روز هفته ساعتی ننوشته‌اید"),
        ({"d1_0_closes": "08:20"}, "جای یک نوبت نیست"),
        ({"valid_from": "2026-05-02"}, "یکی از روزهای فهرست را انتخاب کنید."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(manager, open_office, typed, says, step):
    answer = manager.post(PAGE, SUNDAY_UNTIL_TEN | typed | {"step": step})

    text = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert says in text
    for name, value in (SUNDAY_UNTIL_TEN | typed).items():
        assert name == "valid_from" or not value or f'name="{name}" value="{value}"' in text
    assert WeeklyHours.objects.count() == 2


def test_two_stretches_of_a_day_do_not_overlap(manager, open_office):
    second = {
        "d1_1_opens": "9",
        "d1_1_closes": "11",
        "d1_1_minutes": "30",
        "d1_1_seats": "1",
    }
    answer = manager.post(PAGE, SUNDAY_UNTIL_TEN | second)

    assert answer.status_code == 409
    assert "دو بازهٔ یکشنبه روی هم افتاده‌اند" in answer.content.decode()


def test_a_line_is_added_and_removed_without_losing_what_was_typed(manager, open_office):
    added = manager.post(PAGE, SUNDAY_UNTIL_TEN | {"add": "1"}).content.decode()
    assert 'name="d1_1_minutes" value="۳۰"' in added
    assert 'name="d1_0_closes" value="10:00"' in added

    removed = manager.post(PAGE, SUNDAY_UNTIL_TEN | {"drop": "1_0"}).content.decode()
    assert "d1_0_opens" not in removed
    assert '<option value="2026-05-03" selected>' in removed


def test_from_the_preview_one_goes_back_with_everything_typed(manager, open_office):
    text = manager.post(PAGE, SUNDAY_UNTIL_TEN | {"step": "edit"}).content.decode()

    assert 'name="d1_0_opens" value="۸"' in text
    assert "d0_0_opens" not in text


@pytest.mark.parametrize("step", ["", "save"])
def test_a_clerk_cannot_change_the_hours(client, maryam, open_office, step):
    answer = sign_in_staff(client, maryam).post(PAGE, SUNDAY_UNTIL_TEN | {"step": step})

    assert answer.status_code == 403
    assert WeeklyHours.objects.count() == 2
