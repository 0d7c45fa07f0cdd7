"""Dates and hours as citizens read them: the Jalali calendar, Tehran's clock, Persian digits."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from nobat.shared.persian import fa_digits, in_words

TEHRAN = ZoneInfo("Asia/Tehran")
_A_YEAR, _A_MONTH = 365.25, 30.5  # days, on average

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
# Saturday first, as the week goes here.
WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
FRIDAY = 6


def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day, such as (1405, 9, 8)."""
    return _jalali(_plain(day))


@lru_cache(maxsize=4096)  # a calendar names the same few days a hundred times per page
def _jalali(day: date) -> tuple[int, int, int]:
    there = JalaliDate(day)
    return there.year, there.month, there.day


def from_jalali(year: int, month: int, day: int) -> date:
    """The day of that name; ValueError if the month has no such day."""
    return JalaliDate(year, month, day).to_gregorian()


def weekday(day: date) -> int:
    """Saturday is 0 and Friday is 6."""
    return (_plain(day).weekday() + 2) % 7


def day_name(day: date) -> str:
    """«یکشنبه»"""
    return WEEKDAYS[weekday(day)]


def short_day(day: date) -> str:
    """«۸ آذر»"""
    _, month, number = jalali(day)
    return f"{fa_digits(number)} {MONTHS[month - 1]}"


def long_day(day: date) -> str:
    """«یکشنبه ۸ آذر»"""
    return f"{day_name(day)} {short_day(day)}"


def full_day(day: date) -> str:
    """«یکشنبه ۸ آذر ۱۴۰۵»"""
    return f"{long_day(day)} {fa_digits(jalali(day)[0])}"


def month_title(day: date) -> str:
    """«آذر ۱۴۰۵»"""
    year, month, _ = jalali(day)
    return f"{MONTHS[month - 1]} {fa_digits(year)}"


def hour(moment: datetime) -> str:
    """«۰۹:۳۰», by the clock of Tehran."""
    there = moment.astimezone(TEHRAN)
    return _clock(there.hour, there.minute)


@lru_cache(maxsize=24 * 60)  # a day of an office has the same few hours everywhere
def _clock(hour: int, minute: int) -> str:
    return fa_digits(f"{hour:02}:{minute:02}")


def tehran_day(moment: datetime) -> date:
    """The day it is in Tehran at this moment."""
    return moment.astimezone(TEHRAN).date()


def start_of_day(day: date) -> datetime:
    """Midnight in Tehran at which the day begins."""
    return datetime.combine(day, time.min, tzinfo=TEHRAN)


def how_long(span: timedelta) -> str:
    """«شش ماه», «دو سال», or days where it is neither; a hundred years are for ever."""
    for days, name in ((_A_YEAR, "سال"), (_A_MONTH, "ماه")):
        count = round(span.days / days)
        if count and abs(span.days - count * days) < 2:
            return f"{in_words(count)} {name}"
    return "همیشه" if span >= timedelta(days=36_500) else f"{fa_digits(span.days)} روز"


def _plain(day: date) -> date:
    # A moment is also a date to Python, but its own calendar day is not Tehran's.
    return tehran_day(day) if isinstance(day, datetime) else day


def deadline(moment: datetime) -> str:
    """«شنبه ۱۲ اردیبهشت ساعت ۰۹:۳۰»; midnight is «پایان شنبه ۱۲ اردیبهشت», as people say it."""
    if moment.astimezone(TEHRAN).time() == time(0):
        return f"پایان {long_day(moment - timedelta(minutes=1))}"
    return f"{long_day(moment)} ساعت {hour(moment)}"
