import pytest
from django.utils import timezone

from nobat.appointments.models import Status
from nobat.people.second_factor import code_at
from nobat.schedule.models import Holiday, HolidayKind
from tests.build import SECOND_FACTOR, TOMORROW, book, confirm_second_factor, make_slot

PAGE = "/association/holidays/add/"
ASKED = {"day": "۱۴۰۵/۰۲/۱۳", "title": "سوگواری همگانی", "kind": "decreed"}


@pytest.fixture
def works(karimi_works, dr_karimi):
    confirm_second_factor(dr_karimi)
    return karimi_works


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


def seen_in(answer):
    return answer.content.decode().split('name="seen" value="')[1].split('"')[0]


def press(client, **typed):
    """The red button of the preview."""
    code = code_at(SECOND_FACTOR, timezone.now())
    return client.post(PAGE, ASKED | {"step": "do", "seen": "07:1", "code": code} | typed)


def test_whom_it_touches_is_shown_and_nothing_is_done(works, appointment):
    answer = works.post(PAGE, ASKED)
    text = answer.content.decode()

    assert "تعطیل شدن یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "<b>۱</b> <p>نوبت در ۱ دفتر، یکشنبه ۱۳ اردیبهشت، کنار می‌رود" in text
    assert '<th scope="row">فارس</th><td>۱</td><td>۱</td>' in text
    assert "دفتر نارنجستان یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰ بسته است" in text
    assert seen_in(answer) == "07:1"
    assert not Holiday.objects.exists()


def test_a_day_without_appointments_says_so(works, office):
    assert "نوبت در یکشنبه ۱۳ اردیبهشت هست" in works.post(PAGE, ASKED).content.decode()


def test_with_the_code_it_is_a_holiday_and_people_are_told(works, appointment, dr_karimi):
    answer = press(works)

    assert answer.url == "/association/holidays/?year=1405"
    holiday = Holiday.objects.get()
    assert (holiday.day, holiday.kind, holiday.decided_by) == (
        TOMORROW,
        HolidayKind.DECREED,
        dr_karimi,
    )
    appointment.refresh_from_db()
    assert appointment.status == Status.DISPLACED
    said = works.get("/association/holidays/").content.decode()
    assert "یکشنبه ۱۳ اردیبهشت تعطیل شد: سوگواری همگانی. ۱ نوبت بدون جریمه کنار رفت" in said


def test_who_booked_after_the_look_is_shown_first_and_the_code_stays_good(
    works, appointment, reza, office, petition
):
    book(reza, make_slot(office, "12:00"), petition)

    again = press(works)

    assert again.status_code == 409
    assert "نوبت‌های این روز در این میان بیشتر شد" in again.content.decode()
    assert seen_in(again) == "07:2"
    assert not Holiday.objects.exists()
    assert press(works, seen="07:2").status_code == 302


def test_without_the_code_nothing_is_done_and_all_that_was_typed_stays(works, appointment):
    answer = press(works, code="")

    assert answer.status_code == 422
    assert 'value="سوگواری همگانی"' in answer.content.decode()
    assert seen_in(answer) == "07:1"
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"day": "۱۴۰۵/۰۲/۱۲"}, "این روز گذشته یا همین امروز است"),
        ({"day": "دیروز"}, "این روز در تقویم نیست"),
        ({"title": " \u200c "}, "نام مناسبت را بنویسید"),
        ({"kind": "x"}, "گونهٔ تعطیل را انتخاب کنید"),
        ({"kind": ""}, "گونهٔ تعطیل را انتخاب کنید"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(works, typed, says):
    answer = works.post(PAGE, ASKED | typed)

    assert answer.status_code in (409, 422)
    assert says in answer.content.decode()
    assert not Holiday.objects.exists()


def test_a_day_that_is_one_already_is_refused_with_its_name(works):
    Holiday.objects.create(day=TOMORROW, title="عید سعید قربان")
    answer = works.post(PAGE, ASKED)

    assert answer.status_code == 409
    assert "خود تعطیل رسمی است: عید سعید قربان" in answer.content.decode()


def test_one_goes_back_with_everything_typed(works):
    text = works.post(PAGE, ASKED | {"step": "edit"}).content.decode()
    assert 'value="۱۴۰۵/۰۲/۱۳"' in text
    assert 'value="سوگواری همگانی"' in text
