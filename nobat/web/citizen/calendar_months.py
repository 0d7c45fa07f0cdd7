"""The days ahead as the calendar shows them: months of weeks, Saturday first, each day a word."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from nobat.schedule.availability import Day, State, Window
from nobat.schedule.closures import END_OF_DAY
from nobat.schedule.timetable import ClosedHours
from nobat.shared.jalali import (
    FRIDAY,
    day_name,
    from_jalali,
    jalali,
    long_day,
    month_title,
    short_day,
    weekday,
)
from nobat.shared.persian import fa_digits

ONE_DAY = timedelta(days=1)


class Cell(NamedTuple):
    style: str  # of .day-- in the stylesheet
    number: str
    word: str  # under the number
    says: str  # the whole sentence, for screen readers


class Month(NamedTuple):
    title: str
    weeks: list[list[Day | None]]


class Reason(NamedTuple):
    what: str
    why: str


@lru_cache(maxsize=8)  # the same for all offices
def shown_days(window: Window) -> tuple[date, ...]:
    """What can be booked, filled up to whole weeks within the same months."""
    year, month, _ = jalali(window.first)
    first = max(window.first - weekday(window.first) * ONE_DAY, from_jalali(year, month, 1))
    last = window.last
    while weekday(last) != FRIDAY and jalali(last + ONE_DAY)[1] == jalali(last)[1]:
        last += ONE_DAY
    return tuple(first + number * ONE_DAY for number in range((last - first).days + 1))


@lru_cache(maxsize=8)  # the same for all offices
def span_in_words(first: date, last: date) -> str:
    """«از ۴ آذر تا ۳ دی ۱۴۰۵»"""
    years = [jalali(day)[0] for day in (first, last)]
    of_first = f" {fa_digits(years[0])}" if years[0] != years[1] else ""
    return f"از {short_day(first)}{of_first} تا {short_day(last)} {fa_digits(years[1])}"


def months(days: Sequence[Day]) -> list[Month]:
    """Of days that follow each other."""
    ends = _month_ends(days[0].day, days[-1].day)
    return [_month(days[begin:end]) for begin, end in pairwise((0, *ends))]


def cell(day: Day, *, is_chosen: bool) -> Cell:
    style, word, says = _in_words(day)
    says = f"{long_day(day.day)}، {says}"
    return Cell(
        style=style,
        number=fa_digits(jalali(day.day)[2]),
        word=word,
        says=f"{says}، انتخاب‌شده" if is_chosen else says,
    )


def reasons(days: Iterable[Day]) -> list[Reason]:
    """Below the calendar: what the colours mean, and what a word could not say."""
    days = list(days)
    found = {day.state for day in days}
    lines = [Reason("سبز", "وقت آزاد دارد")] if State.FREE in found else []
    if State.FULL in found:
        lines.append(Reason("پر", "همهٔ وقت‌ها گرفته شده"))
    if State.NO_TWO_IN_A_ROW in found:
        lines.append(Reason("تک‌وقت", "دو وقت پشت هم آزاد نیست"))
    if State.UNPUBLISHED in found:
        lines.append(Reason("هنوز نه", "وقت‌هایش هنوز باز نشده"))
    runs = groupby(days, key=attrgetter("state", "reason"))
    for (state, reason), run in runs:
        if state in _REASONS:
            lines.append(_reason(list(run), _REASONS[state], reason))
    lines += [
        Reason(short_day(day.day), closed_in_words(closed))
        for day in days
        for closed in day.closed_hours
    ]
    return lines


def closed_in_words(closed: ClosedHours) -> str:
    """«ساعت ۱۲:۰۰ تا ۱۴:۰۰ بسته، قطع برق»"""
    hours = f"ساعت {closed.from_hour:%H:%M} تا {closed.until_hour:%H:%M}"
    if closed.until_hour == END_OF_DAY:
        hours = f"از ساعت {closed.from_hour:%H:%M}"
    return f"{fa_digits(hours)} بسته، {closed.reason}"


# ------------------------------------------------------------------------- cells


@lru_cache(maxsize=8)  # the same for all offices
def _month_ends(first: date, last: date) -> list[int]:
    """After how many days each of the months ends that they lie in."""
    days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
    by_month = groupby(days, key=lambda day: jalali(day)[:2])
    return list(accumulate(len(list(group)) for _, group in by_month))


def _month(days: Sequence[Day]) -> Month:
    places: list[Day | None] = [None] * weekday(days[0].day)
    places += days
    places += [None] * (-len(places) % 7)
    weeks = [places[start : start + 7] for start in range(0, len(places), 7)]
    return Month(month_title(days[0].day), weeks)


def _in_words(day: Day) -> tuple[str, str, str]:
    """Style, word and sentence."""
    match day.state:
        case State.FREE:
            count = fa_digits(day.free)
            return "free", f"{count} وقت", f"{count} وقت آزاد"
        case State.CLOSED:
            return "shut", "بسته", f"دفتر بسته است، {day.reason}"
        case State.HOLIDAY:
            return "friday", "تعطیل", f"تعطیل رسمی، {day.reason}"
        case State.DAY_OFF if weekday(day.day) == FRIDAY:
            return "friday", "تعطیل", "تعطیل"
        case State.NOT_YET if day.opens_on:
            opens = short_day(day.opens_on)
            return "wait", f"از {opens}", f"هنوز باز نشده؛ از {opens}"
    return _PLAIN[day.state]


_PLAIN = {
    State.FULL: ("full", "پر", "همهٔ وقت‌ها گرفته شده"),
    State.NO_TWO_IN_A_ROW: ("full", "تک‌وقت", "دو وقت پشت هم آزاد نیست"),
    State.DAY_OFF: ("shut", "بسته", "دفتر بسته است"),
    State.NOT_YET: ("wait", "هنوز نه", "هنوز باز نشده"),
    State.UNPUBLISHED: ("wait", "هنوز نه", "وقت‌هایش هنوز باز نشده"),
    State.TODAY: ("today", "امروز", "امروز، دیگر نوبت داده نمی‌شود"),
    State.TOO_SOON: ("wait", "نزدیک", "نزدیک است و دیگر نوبت داده نمی‌شود"),
    State.PAST: ("past", "", "گذشته"),
}

# ----------------------------------------------------------------------- reasons

_REASONS = {
    State.CLOSED: "بسته، {reason}",
    State.HOLIDAY: "تعطیل رسمی، {reason}",
    State.NOT_YET: "وقت‌هایش {opens} باز می‌شود",
}


def _reason(run: list[Day], sentence: str, reason: str) -> Reason:
    first, last = run[0], run[-1]
    opens = short_day(first.opens_on) if first.opens_on else ""
    if first is last:
        return Reason(short_day(first.day), sentence.format(reason=reason, opens=opens))
    if opens:
        sentence = "هر روز وقت‌های یک روز باز می‌شود، از {opens}"
    return Reason(_run_of_days(first.day, last.day), sentence.format(reason=reason, opens=opens))


def _run_of_days(first: date, last: date) -> str:
    joint = "و" if last - first == ONE_DAY else "تا"
    if jalali(first)[1] == jalali(last)[1]:
        return f"{fa_digits(jalali(first)[2])} {joint} {short_day(last)}"
    return f"{short_day(first)} {joint} {short_day(last)}"


def why_no_hours(day: Day) -> str:
    """Why nothing can be chosen on a day that somebody asked for."""
    match day.state:
        case State.CLOSED:
            return f"دفتر در این روز بسته است: {day.reason}."
        case State.HOLIDAY:
            return f"این روز تعطیل رسمی است: {day.reason}."
        case State.DAY_OFF:
            return f"دفتر {day_name(day.day)}‌ها بسته است."
        case State.NOT_YET if day.opens_on:
            return f"وقت‌های این روز {long_day(day.opens_on)} باز می‌شود."
    closed = [f"دفتر {closed_in_words(closed)}." for closed in day.closed_hours]
    return " ".join([_WHY[day.state], *closed])


_WHY = {
    State.FULL: "همهٔ وقت‌های این روز گرفته شده است. اگر کسی نوبتش را پس بدهد، همین‌جا باز می‌شود.",
    State.NO_TWO_IN_A_ROW: (
        "این شمار پرونده دو نوبت پشت هم می‌خواهد و در این روز فقط وقت‌های تک آزاد است."
    ),
    State.NOT_YET: "وقت‌های این روز هنوز باز نشده است.",
    State.UNPUBLISHED: "وقت‌های این روز هنوز باز نشده است. کمی دیرتر دوباره ببینید.",
    State.TODAY: "برای امروز نمی‌شود نوبت گرفت؛ دفترها فهرست هر روز را شب پیش می‌بندند.",
    State.TOO_SOON: "برای روزی به این نزدیکی نوبت داده نمی‌شود؛ دفترها فهرست را پیش‌تر می‌بندند.",
    State.PAST: "این روز گذشته است.",
}
