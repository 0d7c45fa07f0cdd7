from datetime import time

import pytest

from nobat.appointments.models import Appointment, Status
from nobat.offices.models import Office
from nobat.schedule.closures import close_hours
from nobat.schedule.models import Closure, Slot
from nobat.schedule.publish import publish_slots
from nobat.sms.models import Kind, OutgoingSms
from tests.build import TOMORROW, book, close, make_hours, make_slot, make_staff, sign_in_staff

PAGE = "/office/closures/"
AFTERNOON = {
    "day": "2026-05-03",
    "extent": "hours",
    "from_hour": "۱۲",
    "until_hour": "16:00",
    "reason": "قطع برق محله",
}


@pytest.fixture
def manager(client, bahram):
    return sign_in_staff(client, bahram)


@pytest.fixture
def at_noon(office):
    make_hours(office, range(7), opens_at=time(8), closes_at=time(16))
    publish_slots()
    return Slot.objects.get(office=office, day=TOMORROW, starts_at__hour=12, starts_at__minute=0)


def seen_in(answer):
    text = answer.content.decode()
    return text.split('name="seen" value="')[1].split('"')[0]


def press(client, answer, **typed):
    """The red button of the preview."""
    return client.post(PAGE, AFTERNOON | typed | {"step": "close", "seen": seen_in(answer)})


# -------------------------------------------------------------------- the form


def test_the_page_lists_what_is_closed_and_only_what_is_still_to_come(manager, bahram, office):
    close(office, by=bahram, reason="مراسم")
    Closure.objects.create(office=office, day="2026-05-01", reason="گذشته")

    text = manager.get(PAGE).content.decode()

    assert "یکشنبه ۱۳ اردیبهشت، همهٔ روز" in text
    assert "مراسم" in text
    assert "گذشته" not in text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"reason": " \u200c "}, "دلیل را در چند کلمه بنویسید."),
        ({"from_hour": ""}, "بنویسید از چه ساعتی بسته است."),
        ({"from_hour": "۲۵"}, "مانند ۰۸:۳۰ بنویسید."),
        ({"extent": "day"}, "ساعت نوشته‌اید ولی «همهٔ روز» انتخاب شده است."),
        ({"day": "2027-01-01"}, "یکی از روزهای فهرست را انتخاب کنید."),
        ({"until_hour": "11:00"}, "ساعت پایان پیش از ساعت آغاز است."),
        ({"day": "2026-05-02", "from_hour": "6", "until_hour": "7"}, "این زمان گذشته است"),
    ],
)
@pytest.mark.parametrize("step", ["", "close"])
def test_what_is_wrong_is_said_and_what_was_typed_stays(manager, typed, says, step):
    answer = manager.post(PAGE, AFTERNOON | typed | {"step": step})

    text = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert says in text
    assert 'value="16:00"' in text or "until_hour" in typed
    assert not Closure.objects.exists()


def test_hours_that_are_closed_already_are_refused_at_the_preview(manager, bahram, office):
    close(office, by=bahram)

    answer = manager.post(PAGE, AFTERNOON)

    assert answer.status_code == 409
    assert "این زمان پیش‌تر بسته شده است" in answer.content.decode()


# ----------------------------------------------------------------- the preview


def test_the_preview_counts_and_names_and_shows_the_sms_and_does_nothing(
    manager, sara, at_noon, petition
):
    appointment = book(sara, at_noon, petition)

    text = manager.post(PAGE, AFTERNOON).content.decode()

    assert "<b>۱</b> <p>نوبت در این زمان کنار می‌رود" in text
    assert "سارا محمدی" in text
    assert sara.identity_tail.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")) in text
    assert "دفتر نارنجستان یکشنبه ۱۳ اردیبهشت ساعت ۱۲:۰۰ بسته است" in text
    appointment.refresh_from_db()
    assert appointment.status == Status.BOOKED
    assert not Closure.objects.exists()


def test_from_the_preview_one_goes_back_with_everything_typed(manager):
    text = manager.post(PAGE, AFTERNOON | {"step": "edit"}).content.decode()

    assert 'value="۱۲"' in text
    assert 'value="قطع برق محله"' in text
    assert '<option value="2026-05-03" selected>' in text


def test_without_appointments_the_preview_says_so(manager, at_noon):
    assert "نوبت در این زمان هست" in manager.post(PAGE, AFTERNOON).content.decode()


def test_today_the_preview_names_those_whose_hour_has_come_too(
    manager, sara, at_noon, petition, clock
):
    book(sara, at_noon, petition)
    clock.move_to(at_noon.ends_at)
    sign_in_staff(manager, Office.objects.get(code="1021").memberships.get().person)
    whole_day = {"day": "2026-05-03", "extent": "day", "reason": "قطع برق"}

    text = manager.post(PAGE, whole_day).content.decode()

    assert "ساعت بعضی رسیده و آمدنشان ثبت نشده است" in text
    assert "در صف امروز می‌مانند" in text


# ------------------------------------------------------------------- the deed


def test_the_red_button_closes_and_tells_and_says_how_many(manager, sara, at_noon, petition):
    appointment = book(sara, at_noon, petition)

    answer = press(manager, manager.post(PAGE, AFTERNOON))

    assert answer.url == PAGE
    text = manager.get(PAGE).content.decode()
    assert "یکشنبه ۱۳ اردیبهشت، ساعت ۱۲:۰۰ تا ۱۶:۰۰ بسته شد. ۱ نوبت بدون جریمه کنار رفت" in text
    appointment.refresh_from_db()
    assert appointment.status == Status.DISPLACED
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 1


def test_without_an_end_it_is_closed_for_the_rest_of_the_day(manager, at_noon):
    preview = manager.post(PAGE, AFTERNOON | {"until_hour": ""})
    press(manager, preview, until_hour="")

    assert Closure.objects.get().until_hour == time(23, 59)
    assert "از ساعت ۱۲:۰۰ تا پایان روز" in manager.get(PAGE).content.decode()


def test_who_booked_after_the_preview_is_shown_before_anything_happens(
    manager, sara, reza, at_noon, petition
):
    book(sara, at_noon, petition)
    preview = manager.post(PAGE, AFTERNOON)
    book(reza, at_noon, petition)

    again = press(manager, preview)

    assert again.status_code == 409
    text = again.content.decode()
    assert "نوبت‌های این ساعت‌ها در این میان عوض شد" in text
    assert "رضا کریمی" in text
    assert not Closure.objects.exists()
    assert press(manager, again).status_code == 302


# ------------------------------------------------------- opening, and the rest


def test_closed_hours_are_opened_again(manager, bahram, office, at_noon):
    closure = close(office, by=bahram, hours=(time(12), time(16))).closure

    manager.post(f"{PAGE}{closure.pk}/reopen/")

    at_noon.refresh_from_db()
    assert at_noon.is_open
    assert "دوباره داده می‌شود" in manager.get(PAGE).content.decode()


def test_what_was_left_after_a_break_is_said_and_finished(
    manager, bahram, sara, office, at_noon, petition
):
    appointment = book(sara, at_noon, petition)
    closure = close_hours(
        office=office,
        day=TOMORROW,
        from_hour=time(12),
        until_hour=time(16),
        reason="قطع برق",
        by=bahram,
    )
    assert "۱ نفر هنوز در این زمان نوبت دارند" in manager.get(PAGE).content.decode()

    manager.post(f"{PAGE}{closure.pk}/finish/")

    appointment.refresh_from_db()
    assert appointment.status == Status.DISPLACED


# ------------------------------------------------------------------- strangers


@pytest.mark.parametrize("act", ["", "{}/reopen/", "{}/finish/"])
def test_a_clerk_cannot_close_or_open(client, maryam, bahram, office, act):
    closure = close(office, by=bahram).closure
    answer = sign_in_staff(client, maryam).post(PAGE + act.format(closure.pk), AFTERNOON)

    assert answer.status_code == 403
    assert Closure.objects.get() == closure


def test_a_manager_of_another_office_sees_and_opens_nothing_of_this_one(
    client, naser, sara, bahram, office, petition
):
    other = Office.objects.get(code="1022")
    stranger = make_staff(other, "پری", "نوری", mobile="+989120000099", role="manager")
    appointment = book(sara, make_slot(office, "12:00"), petition)
    closure = close_hours(
        office=office, day=TOMORROW, from_hour=None, until_hour=None, reason="مراسم", by=bahram
    )
    browser = sign_in_staff(client, stranger)

    assert "مراسم" not in browser.get(PAGE).content.decode()
    assert "سارا" not in browser.post(PAGE, AFTERNOON).content.decode()
    assert browser.post(f"{PAGE}{closure.pk}/reopen/").status_code == 404
    assert browser.post(f"{PAGE}{closure.pk}/finish/").status_code == 404
    assert Closure.objects.get() == closure
    assert Appointment.objects.get(pk=appointment.pk).status == Status.BOOKED
