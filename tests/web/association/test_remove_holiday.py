from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.people.second_factor import code_at
from nobat.schedule.models import Holiday, Slot, WorkingDay
from nobat.schedule.publish import publish_slots
from tests.build import SECOND_FACTOR, TOMORROW, confirm_second_factor, make_hours


@pytest.fixture
def works(karimi_works, dr_karimi):
    confirm_second_factor(dr_karimi)
    return karimi_works


@pytest.fixture
def eid(office):
    holiday = Holiday.objects.create(day=TOMORROW, title="عید سعید قربان")
    make_hours(office, range(7))
    publish_slots()
    return holiday


def page(holiday):
    return f"/association/holidays/{holiday.pk}/remove/"


def test_what_comes_back_is_shown_and_nothing_is_done(works, eid):
    text = works.get(page(eid)).content.decode()

    assert "برداشتن تعطیلی یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
    assert "نزدیک ۱۶ جا از همین حالا داده می‌شود" in text
    assert Holiday.objects.filter(pk=eid.pk).exists()


def test_a_day_further_ahead_gets_its_slots_in_its_time(works, eid):
    Holiday.objects.filter(pk=eid.pk).update(day=TOMORROW + timedelta(days=60))
    assert "هر وقت نوبت این روز برسد" in works.get(page(eid)).content.decode()


def test_with_the_code_offices_are_open_on_that_day(works, eid):
    answer = works.post(page(eid), {"code": code_at(SECOND_FACTOR, timezone.now())})

    assert answer.url == "/association/holidays/?year=1405"
    assert Slot.objects.filter(day=TOMORROW, is_open=True).count() == 8
    text = works.get(answer.url).content.decode()
    assert "یکشنبه ۱۳ اردیبهشت دیگر تعطیل نیست: عید سعید قربان." in text
    assert "روزهایی که دیگر تعطیل نیست" in text


def test_without_the_code_it_stays(works, eid):
    answer = works.post(page(eid), {"code": "1"})

    assert answer.status_code == 422
    assert Holiday.objects.filter(pk=eid.pk).exists()
    assert not WorkingDay.objects.exists()


def test_what_is_over_stays(works, eid):
    Holiday.objects.filter(pk=eid.pk).update(day=TOMORROW - timedelta(days=1))
    answer = works.get(page(eid))

    assert answer.status_code == 302
    assert "گذشته یا همین امروز است" in works.get(answer.url).content.decode()
