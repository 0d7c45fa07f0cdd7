from datetime import date

import pytest

from nobat.journal.models import JournalEntry
from nobat.schedule.closures import (
    AlreadyClosed,
    DayIsOver,
    NoReason,
    NotClosed,
    close_day,
    reopen_day,
)
from nobat.schedule.models import Closure, Slot
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, book, make_hours

YESTERDAY = date(2026, 5, 1)


@pytest.fixture
def open_office(office):
    make_hours(office, range(7))
    publish_slots()
    return office


def free_hours(office, day=TOMORROW):
    return Slot.objects.free().filter(office=office, day=day).count()


def close(office, by, day=TOMORROW, reason="مرخصی دفتر"):
    return close_day(office=office, day=day, reason=reason, by=by)


def test_a_closed_day_offers_nothing_and_the_next_one_does(maryam, open_office):
    close(open_office, maryam)

    assert free_hours(open_office) == 0
    assert free_hours(open_office, date(2026, 5, 4)) == 8


def test_who_has_a_turn_on_a_closed_day_keeps_it(maryam, sara, open_office, petition):
    slot = Slot.objects.filter(day=TOMORROW).earliest("starts_at")
    book(sara, slot, petition)

    close(open_office, maryam)

    slot.refresh_from_db()
    assert (slot.taken, slot.offered) == (1, 0)


def test_publishing_does_not_open_a_closed_day(maryam, open_office):
    close(open_office, maryam)

    publish_slots()

    assert free_hours(open_office) == 0


def test_a_reopened_day_offers_its_hours_again(maryam, sara, open_office, petition):
    slot = Slot.objects.filter(day=TOMORROW).earliest("starts_at")
    book(sara, slot, petition)
    close(open_office, maryam)

    reopen_day(office=open_office, day=TOMORROW, by=maryam)

    assert free_hours(open_office) == 8  # two seats each: Sara's hour has one left
    slot.refresh_from_db()
    assert (slot.taken, slot.offered) == (1, 2)
    assert not Closure.objects.exists()


def test_a_day_beyond_the_horizon_can_be_closed_and_opened_and_gets_no_slots(maryam, open_office):
    far = date(2026, 9, 1)

    close(open_office, maryam, day=far)
    reopen_day(office=open_office, day=far, by=maryam)

    assert not Slot.objects.filter(day=far).exists()


def test_today_can_be_closed(maryam, open_office):
    assert close(open_office, maryam, day=date(2026, 5, 2)).pk


def test_the_reason_is_kept_as_citizens_will_read_it(maryam, open_office):
    assert close(open_office, maryam, reason="  قطع  برق  محلي ").reason == "قطع برق محلی"


def test_the_journal_says_who_closed_and_opened_the_day(maryam, open_office):
    close(open_office, maryam)
    reopen_day(office=open_office, day=TOMORROW, by=maryam)

    closed, opened = JournalEntry.objects.order_by("pk")
    assert (closed.act, opened.act) == ("day_closed", "day_reopened")
    assert closed.details == {"day": "2026-05-03", "reason": "مرخصی دفتر"}
    assert {closed.by, opened.by} == {f"people.Person:{maryam.pk}"}


def test_a_day_is_closed_once(maryam, open_office):
    close(open_office, maryam)

    with pytest.raises(AlreadyClosed):
        close(open_office, maryam, reason="دلیل دیگر")

    assert Closure.objects.get().reason == "مرخصی دفتر"


def test_what_is_over_is_neither_closed_nor_opened(maryam, open_office):
    with pytest.raises(DayIsOver):
        close(open_office, maryam, day=YESTERDAY)
    with pytest.raises(DayIsOver):
        reopen_day(office=open_office, day=YESTERDAY, by=maryam)


def test_an_open_day_is_not_opened(maryam, open_office):
    with pytest.raises(NotClosed):
        reopen_day(office=open_office, day=TOMORROW, by=maryam)


def test_a_closure_needs_a_reason(maryam, open_office):
    with pytest.raises(NoReason):
        close(open_office, maryam, reason=" \u200c ")

    assert free_hours(open_office) == 8
