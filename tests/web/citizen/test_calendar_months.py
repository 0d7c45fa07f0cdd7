from datetime import date, time, timedelta

from nobat.schedule.availability import Day, State, Window
from nobat.schedule.timetable import ClosedHours
from nobat.shared.jalali import FRIDAY, from_jalali, jalali, weekday
from nobat.web.citizen.calendar_months import (
    cell,
    months,
    reasons,
    shown_days,
    span_in_words,
    why_no_hours,
)

# The day of the design: Monday, 2 Azar 1405.
TODAY = from_jalali(1405, 9, 2)
ONE_DAY = timedelta(days=1)


def window(today):
    return Window(today, today + ONE_DAY, today + 30 * ONE_DAY)


def free_days(today=TODAY):
    return [Day(day, State.FREE, free=9) for day in shown_days(window(today))]


def number_of(day):
    return day and cell(day, is_chosen=False).number


def cell_of(day):
    return cell(day, is_chosen=False)


def test_the_calendar_is_what_can_be_booked_in_whole_weeks_of_its_months():
    days = shown_days(window(TODAY))

    # Saturday was in another month; the week of the last day goes on to Friday.
    assert (jalali(days[0]), jalali(days[-1])) == ((1405, 9, 1), (1405, 10, 4))


def test_on_a_friday_the_calendar_begins_with_tomorrow():
    friday = from_jalali(1405, 9, 13)
    assert weekday(friday) == FRIDAY

    assert shown_days(window(friday))[0] == friday + ONE_DAY


def test_the_last_day_of_a_month_does_not_make_a_month_for_itself():
    last_of_azar = from_jalali(1405, 9, 30)

    assert jalali(shown_days(window(last_of_azar))[0]) == (1405, 10, 1)


def test_every_bookable_day_of_any_day_of_two_years_is_in_the_calendar():
    for number in range(800):
        today = date(2026, 1, 1) + number * ONE_DAY
        seen, days = window(today), shown_days(window(today))
        assert list(days) == [days[0] + place * ONE_DAY for place in range(len(days))]
        assert days[0] <= seen.first
        assert days[-1] >= seen.last
        assert len({jalali(day)[:2] for day in days}) <= 2


def test_each_month_is_a_group_of_weeks_from_saturday_to_friday():
    azar, dey = months(free_days())

    assert (azar.title, dey.title) == ("آذر ۱۴۰۵", "دی ۱۴۰۵")
    for month in (azar, dey):
        for week in month.weeks:
            assert len(week) == 7
            for place, day in enumerate(week):
                assert day is None or weekday(day.day) == place
    assert [number_of(day) for day in azar.weeks[0]] == [None, "۱", "۲", "۳", "۴", "۵", "۶"]
    assert [number_of(day) for day in dey.weeks[0]] == [None] * 3 + ["۱", "۲", "۳", "۴"]


def test_the_end_of_a_leap_year_and_nowruz_are_two_groups():
    esfand, farvardin = months(free_days(from_jalali(1403, 12, 20)))

    assert [esfand.title, farvardin.title] == ["اسفند ۱۴۰۳", "فروردین ۱۴۰۴"]
    assert [number_of(day) for day in esfand.weeks[-1] if day][-1] == "۳۰"
    assert [number_of(day) for day in farvardin.weeks[0] if day] == ["۱"]


def test_a_year_of_29_esfand_goes_over_into_nowruz():
    esfand, farvardin = months(free_days(from_jalali(1404, 12, 20)))

    assert [number_of(day) for day in esfand.weeks[-1] if day][-1] == "۲۹"
    assert farvardin.title == "فروردین ۱۴۰۵"


def test_every_state_has_a_style_and_a_sentence_and_all_but_the_past_a_word():
    for state in State:
        shown = cell_of(Day(TODAY, state, opens_on=TODAY))
        assert shown.style
        assert shown.says.startswith("دوشنبه ۲ آذر، ")
        assert shown.word or state is State.PAST


def test_a_free_day_says_how_many_hours_it_has():
    shown = cell_of(Day(TODAY, State.FREE, free=9))

    assert (shown.style, shown.word) == ("free", "۹ وقت")
    assert shown.says == "دوشنبه ۲ آذر، ۹ وقت آزاد"


def test_the_chosen_day_says_so():
    day = Day(TODAY, State.FREE, free=9)

    assert cell(day, is_chosen=True).says == f"{cell(day, is_chosen=False).says}، انتخاب‌شده"


def test_a_closure_and_a_holiday_are_read_out_with_their_reason():
    closed = cell_of(Day(TODAY, State.CLOSED, reason="مرخصی دفتر"))
    holiday = cell_of(Day(TODAY, State.HOLIDAY, reason="عید سعید فطر"))

    assert (closed.style, closed.word) == ("shut", "بسته")
    assert closed.says == "دوشنبه ۲ آذر، دفتر بسته است، مرخصی دفتر"
    assert (holiday.style, holiday.word) == ("friday", "تعطیل")
    assert holiday.says == "دوشنبه ۲ آذر، تعطیل رسمی، عید سعید فطر"


def test_friday_is_a_holiday_and_another_day_off_is_only_shut():
    friday = TODAY + 4 * ONE_DAY
    assert weekday(friday) == FRIDAY

    assert cell_of(Day(friday, State.DAY_OFF)).word == "تعطیل"
    assert cell_of(Day(friday - ONE_DAY, State.DAY_OFF)).word == "بسته"


def test_a_day_too_far_ahead_says_when_it_opens():
    shown = cell_of(Day(from_jalali(1405, 10, 3), State.NOT_YET, opens_on=from_jalali(1405, 9, 3)))

    assert (shown.style, shown.word) == ("wait", "از ۳ آذر")
    assert shown.says == "پنجشنبه ۳ دی، هنوز باز نشده؛ از ۳ آذر"


def as_text(days):
    return [f"{reason.what}: {reason.why}" for reason in reasons(days)]


def test_what_the_words_cannot_say_stands_below_the_calendar():
    assert as_text(
        [
            Day(TODAY, State.FREE, free=1),
            Day(TODAY + ONE_DAY, State.FULL),
            Day(TODAY + 3 * ONE_DAY, State.CLOSED, reason="مرخصی دفتر"),
            Day(TODAY + 5 * ONE_DAY, State.HOLIDAY, reason="ولادت امام علی (ع)"),
            Day(from_jalali(1405, 10, 3), State.NOT_YET, opens_on=from_jalali(1405, 9, 3)),
        ]
    ) == [
        "سبز: وقت آزاد دارد",
        "پر: همهٔ وقت‌ها گرفته شده",
        "۵ آذر: بسته، مرخصی دفتر",
        "۷ آذر: تعطیل رسمی، ولادت امام علی (ع)",
        "۳ دی: وقت‌هایش ۳ آذر باز می‌شود",
    ]


def test_days_with_the_same_reason_are_said_together():
    nowruz = from_jalali(1405, 1, 2)
    days = [Day(nowruz + n * ONE_DAY, State.HOLIDAY, reason="عید نوروز") for n in range(3)]

    assert as_text(days) == ["۲ تا ۴ فروردین: تعطیل رسمی، عید نوروز"]
    assert as_text(days[:2]) == ["۲ و ۳ فروردین: تعطیل رسمی، عید نوروز"]


def test_days_of_two_months_with_the_same_reason_name_both():
    last_of_azar = from_jalali(1405, 9, 30)
    days = [Day(last_of_azar + n * ONE_DAY, State.CLOSED, reason="سفر") for n in range(3)]

    assert as_text(days) == ["۳۰ آذر تا ۲ دی: بسته، سفر"]


def test_several_days_too_far_ahead_open_one_by_one():
    first = from_jalali(1405, 10, 3)
    days = [Day(first + n * ONE_DAY, State.NOT_YET, opens_on=TODAY + n * ONE_DAY) for n in (1, 2)]

    assert as_text(days) == ["۴ و ۵ دی: هر روز وقت‌های یک روز باز می‌شود، از ۳ آذر"]


def test_the_span_says_the_year_once_unless_there_are_two():
    assert span_in_words(from_jalali(1405, 9, 3), from_jalali(1405, 10, 2)) == (
        "از ۳ آذر تا ۲ دی ۱۴۰۵"
    )
    assert span_in_words(from_jalali(1405, 12, 10), from_jalali(1406, 1, 9)) == (
        "از ۱۰ اسفند ۱۴۰۵ تا ۹ فروردین ۱۴۰۶"
    )


def test_a_day_that_somebody_asked_for_says_why_it_has_no_hours():
    opens = TODAY + ONE_DAY
    said = {
        state: why_no_hours(Day(TODAY, state, reason="سفر", opens_on=opens))
        for state in State
        if state is not State.FREE
    }

    assert all(sentence.endswith(".") for sentence in said.values())
    assert said[State.CLOSED] == "دفتر در این روز بسته است: سفر."
    assert said[State.DAY_OFF] == "دفتر دوشنبه‌ها بسته است."
    assert said[State.NOT_YET] == "وقت‌های این روز سه‌شنبه ۳ آذر باز می‌شود."


CLOSED = (ClosedHours(time(12), time(14), "قطع برق"),)


def test_below_the_calendar_stand_the_closed_hours_of_days_that_are_open():
    found = reasons([Day(TODAY, State.FREE, free=4, closed_hours=CLOSED)])

    assert (found[-1].what, found[-1].why) == ("۲ آذر", "ساعت ۱۲:۰۰ تا ۱۴:۰۰ بسته، قطع برق")


def test_a_full_day_says_which_of_its_hours_are_closed():
    says = why_no_hours(Day(TODAY, State.FULL, closed_hours=CLOSED))

    assert says.startswith("همهٔ وقت‌های این روز گرفته شده است.")
    assert says.endswith("دفتر ساعت ۱۲:۰۰ تا ۱۴:۰۰ بسته، قطع برق.")
