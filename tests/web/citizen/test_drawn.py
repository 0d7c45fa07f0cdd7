from datetime import date

import pytest

from nobat.schedule.availability import Day, State
from nobat.schedule.timetable import OfferedService
from nobat.web.citizen.calendar_months import months
from nobat.web.citizen.drawn import drawn_cases, drawn_services, drawn_tiles, drawn_weeks
from nobat.web.citizen.hours_box import Tile

SUNDAY = date(2026, 5, 3)


def row_of(day, *, chosen=None):
    [month] = months([day])
    return drawn_weeks(month, chosen=chosen, address=lambda day: f"/?cases=1&day={day}#hours")


def test_a_week_is_a_row_of_seven_days_and_empty_ones_stay_empty():
    row = row_of(Day(SUNDAY, State.FREE, free=9))

    assert (row.count("<tr>"), row.count("<td>"), row.count("<td></td>")) == (1, 7, 6)


def test_a_free_day_is_a_link_named_by_its_date():
    assert (
        '<a class="day day--free" id="day-2026-05-03" href="/?cases=1&amp;day=2026-05-03#hours">'
        '<span class="visually-hidden">یکشنبه ۱۳ اردیبهشت، ۹ وقت آزاد</span>'
        '<span class="day__num" aria-hidden="true">۱۳</span>'
        '<span class="day__word" aria-hidden="true">۹ وقت</span></a>'
    ) in row_of(Day(SUNDAY, State.FREE, free=9))


def test_only_the_chosen_day_is_the_current_one():
    day = Day(SUNDAY, State.FREE, free=9)

    assert 'aria-current="date"' in row_of(day, chosen=SUNDAY)
    assert "aria-current" not in row_of(day)


@pytest.mark.parametrize("state", [state for state in State if state is not State.FREE])
def test_only_a_free_day_is_a_link(state):
    assert "<a " not in row_of(Day(SUNDAY, state, opens_on=SUNDAY))


def test_the_same_day_of_two_offices_leads_to_each_of_them():
    day = Day(SUNDAY, State.FREE, free=9)
    [month] = months([day])

    for office in ("1021", "1022"):
        row = drawn_weeks(month, chosen=None, address=lambda day: f"/{office}/?day={day}")  # noqa: B023
        assert f'href="/{office}/?day=2026-05-03"' in row


def test_another_day_is_no_link_and_the_past_has_no_word():
    assert '<span class="day day--full">' in row_of(Day(SUNDAY, State.FULL))
    past = row_of(Day(SUNDAY, State.PAST))
    assert "<a " not in past
    assert "day__word" not in past


def test_a_reason_that_somebody_typed_is_escaped():
    row = row_of(Day(SUNDAY, State.CLOSED, reason='<b>"سفر"</b>'))

    assert "<b>" not in row
    assert "&lt;b&gt;&quot;سفر&quot;" in row


def test_an_hour_is_a_link_and_the_last_seat_looks_different():
    tiles = [Tile("۰۹:۳۰", "۳ جا مانده", False, 7), Tile("۱۰:۰۰", "آخرین جا", True, 80)]

    assert drawn_tiles(tiles, address=lambda slot_id: f"/0?a=1&slot={slot_id}") == (
        '<li><a class="hour" href="/0?a=1&amp;slot=7">'
        "<b>۰۹:۳۰</b><small>۳ جا مانده</small></a></li>"
        '<li><a class="hour hour--last" href="/0?a=1&amp;slot=80">'
        "<b>۱۰:۰۰</b><small>آخرین جا</small></a></li>"
    )


def test_services_stand_under_their_heads_and_the_chosen_one_is_marked():
    services = (
        OfferedService("sana", "ثنا", "", False, ()),
        OfferedService("petition", "دادخواست <۱>", "دعوا & شکایت", True, ()),
        OfferedService("appeal", "تجدیدنظر", "دعوا & شکایت", True, ()),
    )

    assert drawn_services(services, "appeal") == (
        '<option value="sana">ثنا</option>\n'
        '<optgroup label="دعوا &amp; شکایت"><option value="petition">دادخواست &lt;۱&gt;</option>'
        '<option value="appeal" selected>تجدیدنظر</option></optgroup>'
    )


def test_one_or_two_turns_are_chosen_and_the_number_of_cases_stays_as_it_was_asked():
    assert drawn_cases(4, 2, 2) == (
        '<option value="1">یک یا دو پرونده (یک نوبت)</option>\n'
        '<option value="4" selected>سه یا چهار پرونده (دو نوبت)</option>'
    )
    assert '<option value="2" selected>' in drawn_cases(2, 1, 2)
    assert '<option value="3">' in drawn_cases(2, 1, 2)
