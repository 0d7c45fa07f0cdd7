from datetime import date, time, timedelta

import pytest

from nobat.journal.models import JournalEntry
from nobat.offices.models import Office
from nobat.schedule.closures import (
    AlreadyClosed,
    DayIsOver,
    HoursTurnedRound,
    NoReason,
    NotClosed,
    close_day,
    close_hours,
    reopen,
)
from nobat.schedule.models import Closure, Slot
from nobat.schedule.publish import publish_days, publish_slots
from nobat.shared.jalali import hour
from nobat.shared.persian import latin_digits
from tests.build import TOMORROW, book, make_hours

YESTERDAY, TODAY = date(2026, 5, 1), date(2026, 5, 2)


@pytest.fixture
def open_office(office):
    make_hours(office, range(7))
    publish_slots()
    return office


def free_hours(office, day=TOMORROW):
    return Slot.objects.free().filter(office=office, day=day).count()


def close(office, by, day=TOMORROW, reason="مرخصی دفتر"):
    return close_day(office=office, day=day, reason=reason, by=by)


def close_from(office, by, start, end, day=TOMORROW, reason="قطع برق محله"):
    start, end = time.fromisoformat(start), time.fromisoformat(end)
    return close_hours(
        office=office, day=day, from_hour=start, until_hour=end, reason=reason, by=by
    )


def hours_offered(office, day=TOMORROW):
    slots = Slot.objects.free().filter(office=office, day=day).order_by("starts_at")
    return [latin_digits(hour(slot.starts_at)) for slot in slots]


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
    closure = close(open_office, maryam)

    reopen(office=open_office, closure_id=closure.pk, by=maryam)

    assert free_hours(open_office) == 8  # two seats each: Sara's hour has one left
    slot.refresh_from_db()
    assert (slot.taken, slot.offered) == (1, 2)
    assert not Closure.objects.exists()


def test_a_day_beyond_the_horizon_can_be_closed_and_opened_and_gets_no_slots(maryam, open_office):
    far = date(2026, 9, 1)

    day = close(open_office, maryam, day=far)
    reopen(office=open_office, closure_id=day.pk, by=maryam)
    hours = close_from(open_office, maryam, "08:00", "10:00", day=far)
    reopen(office=open_office, closure_id=hours.pk, by=maryam)

    assert not Slot.objects.filter(day=far).exists()


def test_today_can_be_closed(maryam, open_office):
    assert close(open_office, maryam, day=date(2026, 5, 2)).pk


def test_the_reason_is_kept_as_citizens_will_read_it(maryam, open_office):
    assert close(open_office, maryam, reason="  قطع  برق  محلي ").reason == "قطع برق محلی"


def test_the_journal_says_who_closed_and_opened_the_day(maryam, open_office):
    closure = close(open_office, maryam)
    reopen(office=open_office, closure_id=closure.pk, by=maryam)

    closed, opened = JournalEntry.objects.order_by("pk")
    assert (closed.act, opened.act) == ("day_closed", "day_reopened")
    assert closed.details == {"day": "2026-05-03", "reason": "مرخصی دفتر"}
    assert {closed.by, opened.by} == {f"people.Person:{maryam.pk}"}


def test_a_day_is_closed_once(maryam, open_office):
    close(open_office, maryam)

    with pytest.raises(AlreadyClosed):
        close(open_office, maryam, reason="دلیل دیگر")

    assert Closure.objects.get().reason == "مرخصی دفتر"


def test_what_is_over_is_neither_closed_nor_opened(maryam, open_office, clock):
    closure = close(open_office, maryam)
    with pytest.raises(DayIsOver):
        close(open_office, maryam, day=YESTERDAY)
    with pytest.raises(DayIsOver):
        close_from(open_office, maryam, "06:00", "08:00", day=TODAY)

    clock.shift(timedelta(days=2))
    with pytest.raises(DayIsOver):
        reopen(office=open_office, closure_id=closure.pk, by=maryam)


def test_what_is_open_is_not_opened(maryam, open_office):
    with pytest.raises(NotClosed):
        reopen(office=open_office, closure_id=12, by=maryam)


def test_nobody_opens_what_another_office_closed(maryam, naser, open_office):
    closure = close(open_office, maryam)

    with pytest.raises(NotClosed):
        reopen(office=Office.objects.get(code="1022"), closure_id=closure.pk, by=naser)

    assert Closure.objects.filter(pk=closure.pk).exists()


def test_a_closure_needs_a_reason(maryam, open_office):
    with pytest.raises(NoReason):
        close(open_office, maryam, reason=" \u200c ")

    assert free_hours(open_office) == 8


# ------------------------------------------------------------------------ hours


def test_closed_hours_offer_nothing_and_the_others_of_the_day_do(maryam, open_office):
    close_from(open_office, maryam, "09:00", "11:00")

    assert hours_offered(open_office) == ["08:00", "08:30", "11:00", "11:30"]
    assert free_hours(open_office, date(2026, 5, 4)) == 8


@pytest.mark.parametrize(("start", "end"), [("08:45", "09:00"), ("08:10", "08:31")])
def test_a_turn_that_is_closed_only_in_part_is_closed(maryam, open_office, start, end):
    close_from(open_office, maryam, start, end)

    assert "08:30" not in hours_offered(open_office)
    assert "09:00" in hours_offered(open_office)


def test_publishing_does_not_open_closed_hours(maryam, office):
    make_hours(office, range(7))
    close_from(office, maryam, "09:00", "11:00")

    publish_slots()

    assert hours_offered(office) == ["08:00", "08:30", "11:00", "11:30"]


def test_a_day_can_have_several_closed_hours_and_each_is_opened_alone(maryam, open_office):
    morning = close_from(open_office, maryam, "08:00", "09:00")
    close_from(open_office, maryam, "09:00", "10:00")
    close_from(open_office, maryam, "11:30", "12:00")
    assert hours_offered(open_office) == ["10:00", "10:30", "11:00"]

    reopen(office=open_office, closure_id=morning.pk, by=maryam)

    assert hours_offered(open_office) == ["08:00", "08:30", "10:00", "10:30", "11:00"]


@pytest.mark.parametrize(
    ("start", "end"), [("08:00", "09:01"), ("10:30", "12:00"), ("09:30", "10:00")]
)
def test_closures_of_a_day_do_not_overlap(maryam, open_office, start, end):
    close_from(open_office, maryam, "09:00", "11:00")

    with pytest.raises(AlreadyClosed):
        close_from(open_office, maryam, start, end)
    with pytest.raises(AlreadyClosed):
        close(open_office, maryam)

    assert Closure.objects.count() == 1


def test_the_rest_of_today_can_be_closed_and_opened(maryam, open_office):
    publish_days(office_ids=[open_office.pk], days=[TODAY])
    closure = close_from(open_office, maryam, "11:00", "23:59", day=TODAY)
    assert hours_offered(open_office, TODAY)[-1] == "10:30"

    reopen(office=open_office, closure_id=closure.pk, by=maryam)
    assert hours_offered(open_office, TODAY)[-1] == "11:30"


@pytest.mark.parametrize("hours", [(time(11), time(9)), (time(9), time(9)), (time(9), None)])
def test_closed_hours_end_after_they_begin(maryam, open_office, hours):
    with pytest.raises(HoursTurnedRound):
        close_hours(
            office=open_office,
            day=TOMORROW,
            from_hour=hours[0],
            until_hour=hours[1],
            reason="قطع برق",
            by=maryam,
        )


def test_the_journal_says_which_hours_were_closed(maryam, open_office):
    close_from(open_office, maryam, "09:00", "11:00")

    assert JournalEntry.objects.get().details == {
        "day": "2026-05-03",
        "reason": "قطع برق محله",
        "from_hour": "09:00",
        "until_hour": "11:00",
    }
