from datetime import date, datetime, timedelta

import pytest

from nobat.schedule.availability import Day, Days, FreeHour, State
from nobat.schedule.timetable import OfferedService
from nobat.shared.jalali import TEHRAN
from nobat.web.citizen.drawn import drawn_calendar, drawn_cases, drawn_services, drawn_tiles
from tests.build import HALF_AN_HOUR

SUNDAY = date(2026, 5, 3)


def rows_of(days, *, chosen=None, address="/?cases=1&day={}#hours"):
    """What stands below the name of the month."""
    html = drawn_calendar(days, chosen, caption="روزها", address=address.format)
    return html.partition('scope="rowgroup">')[2]


def row_of(*days, **asked):
    return rows_of(Days(days), **asked)


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


def test_choosing_another_day_changes_nothing_else():
    days = Days(tuple(Day(SUNDAY + timedelta(days=more), State.FREE, free=9) for more in range(9)))
    other = SUNDAY + timedelta(days=8)
    unchosen = rows_of(days)

    for chosen in (SUNDAY, other, SUNDAY):
        row = rows_of(days, chosen=chosen)
        assert row.count("aria-current") == 1
        assert f'id="day-{chosen}" href="/?cases=1&amp;day={chosen}#hours" aria-current' in row
        assert row.replace(' aria-current="date"', "").replace("، انتخاب‌شده", "") == unchosen


def test_a_chosen_day_without_free_hours_and_one_that_is_not_shown():
    full = Days((Day(SUNDAY, State.FULL),))

    assert "انتخاب‌شده" in rows_of(full, chosen=SUNDAY)
    assert rows_of(full, chosen=SUNDAY + timedelta(days=1)) == rows_of(full)


def test_the_same_days_of_two_offices_lead_to_each_of_them():
    days = Days((Day(SUNDAY, State.FREE, free=9),))

    for office in ("1021", "1022"):
        row = rows_of(days, address=f"/{office}/?day={{}}")
        assert f'href="/{office}/?day=2026-05-03"' in row


def test_what_there_is_to_say_of_days_stands_below():
    html = rows_of(Days((Day(SUNDAY, State.HOLIDAY, reason="عید"),)))

    assert "<li><b>۱۳ اردیبهشت:</b> تعطیل رسمی، عید</li>" in html


def test_another_day_is_no_link_and_the_past_has_no_word():
    assert '<span class="day day--full">' in row_of(Day(SUNDAY, State.FULL))
    past = row_of(Day(SUNDAY, State.PAST))
    assert "<a " not in past
    assert "day__word" not in past


def test_a_reason_that_somebody_typed_is_escaped():
    row = row_of(Day(SUNDAY, State.CLOSED, reason='<b>"سفر"</b>'))

    assert '<b>"' not in row
    assert "&lt;b&gt;&quot;سفر&quot;" in row


def test_an_hour_is_a_link_and_the_last_seat_looks_different():
    begins = datetime(2026, 5, 3, 9, 30, tzinfo=TEHRAN)
    hours = [
        FreeHour(slot_id, begins + after, begins + after + HALF_AN_HOUR, seats)
        for slot_id, after, seats in ((7, timedelta(), 3), (80, HALF_AN_HOUR, 1))
    ]

    assert drawn_tiles(hours, 1, address=lambda slot_id: f"/0?a=1&slot={slot_id}") == (
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
