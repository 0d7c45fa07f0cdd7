from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.models import Status
from nobat.people.second_factor import code_at
from nobat.schedule.models import Holiday, HolidayKind, Slot
from nobat.schedule.publish import publish_slots
from tests.build import SECOND_FACTOR, TOMORROW, book, confirm_second_factor, make_hours

DAY = timedelta(days=1)


@pytest.fixture
def works(karimi_works, dr_karimi):
    confirm_second_factor(dr_karimi)
    return karimi_works


@pytest.fixture
def eid(office):
    """Estimated for tomorrow, while the offices work every day."""
    holiday = Holiday.objects.create(
        day=TOMORROW, title="عید سعید قربان", kind=HolidayKind.LUNAR, is_estimated=True
    )
    make_hours(office, range(7))
    publish_slots()
    return holiday


@pytest.fixture
def page(eid):
    return f"/association/holidays/{eid.pk}/move/"


@pytest.fixture
def appointment(sara, eid, petition):
    return book(sara, Slot.objects.filter(day=TOMORROW + DAY).earliest("starts_at"), petition)


def press(client, page, **typed):
    """The red button of the preview."""
    code = code_at(SECOND_FACTOR, timezone.now())
    sent = {"to": "۱۴۰۵/۰۲/۱۴", "was": "2026-05-03", "step": "do", "seen": "07:1", "code": code}
    return client.post(page, sent | typed)


def test_the_days_beside_it_are_one_press_away(works, page):
    text = works.get(page).content.decode()

    assert "اکنون یکشنبه ۱۳ اردیبهشت ۱۴۰۵، تخمینی" in text
    assert "یک روز دیرتر، دوشنبه ۱۴ اردیبهشت" in text
    assert 'value="۱۴۰۵/۰۲/۱۴"' in works.get(page, {"to": "۱۴۰۵/۰۲/۱۴"}).content.decode()


def test_whom_it_touches_and_what_comes_back_is_shown_and_nothing_is_done(
    works, page, eid, appointment
):
    text = works.post(page, {"to": "1405/2/14", "was": "2026-05-03"}).content.decode()

    assert "از یکشنبه ۱۳ اردیبهشت به دوشنبه ۱۴ اردیبهشت" in text
    assert "<b>۱</b> <p>نوبت در ۱ دفتر، دوشنبه ۱۴ اردیبهشت، کنار می‌رود" in text
    assert "یکشنبه ۱۳ اردیبهشت باز می‌شود" in text
    assert "۱ دفتر در این روز ساعت کار دارند و نزدیک ۱۶ جا از همین حالا داده می‌شود" in text
    eid.refresh_from_db()
    assert eid.day == TOMORROW


def test_with_the_code_it_moves_and_the_old_day_is_open(works, page, eid, appointment):
    answer = press(works, page)

    assert answer.status_code == 302
    eid.refresh_from_db()
    assert (eid.day, eid.is_estimated) == (TOMORROW + DAY, False)
    assert Slot.objects.filter(day=TOMORROW, is_open=True).count() == 8
    appointment.refresh_from_db()
    assert (appointment.status, appointment.reason) == (Status.DISPLACED, "عید سعید قربان")
    assert "به دوشنبه ۱۴ اردیبهشت رفت. ۱ نوبت" in works.get(answer.url).content.decode()


def test_who_was_not_seen_is_shown_first(works, page, eid, appointment):
    again = press(works, page, seen="")

    assert again.status_code == 409
    assert 'name="seen" value="07:1"' in again.content.decode()
    eid.refresh_from_db()
    assert eid.day == TOMORROW


def test_without_the_code_nothing_moves(works, page, eid):
    answer = press(works, page, code="000000")

    assert answer.status_code == 422
    assert 'value="۱۴۰۵/۰۲/۱۴"' in answer.content.decode()
    eid.refresh_from_db()
    assert eid.day == TOMORROW


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"to": "۱۴۰۵/۰۲/۱۳"}, "همین حالا هم در این روز است"),
        ({"to": "۱۴۰۵/۰۲/۱۲"}, "گذشته یا همین امروز است"),
        ({"to": "x"}, "این روز در تقویم نیست"),
    ],
)
def test_where_it_cannot_go_is_said_beside_the_field(works, page, typed, says):
    answer = works.post(page, {"was": "2026-05-03"} | typed)

    assert answer.status_code in (409, 422)
    assert says in answer.content.decode()


def test_somebody_moved_it_meanwhile(works, page, eid):
    Holiday.objects.filter(pk=eid.pk).update(day=TOMORROW + 2 * DAY)
    answer = press(works, page)

    assert answer.status_code == 409
    assert "در این میان به روز دیگری رفت" in answer.content.decode()


def test_one_that_is_gone_is_not_found(works, page, eid):
    eid.delete()
    assert works.get(page).status_code == 404
