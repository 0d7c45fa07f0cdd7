"""Iran's public holidays, taken over from a calendar into our own table.

The table is what counts: the calendar only estimates the lunar days of the years ahead,
and what the association corrects or confirms stays as it is.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from holidays import country_holidays

from nobat.schedule.models import Holiday, HolidayKind, WorkingDay
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import clean, fa_digits

_ESTIMATED = "(تخمینی)"
# As the calendar writes them, and as they are written well.
_BETTER = {
    "؛": "، ",
    "عیدنوروز": "عید نوروز",
    "تعطیل به مناسبت ": "",
    "علیه السلام": "علیه‌السلام",
    "سلام الله": "سلام‌الله",
    "نیمه شعبان": "نیمهٔ شعبان",
}


# What the calendar calls the days of the solar year; its others go by the moon.
_SOLAR = (
    "نوروز",
    "روز جمهوری اسلامی",
    "روز طبیعت",
    "رحلت حضرت امام خمینی",
    "قیام ۱۵ خرداد",
    "پیروزی انقلاب",
    "صنعت نفت",
    "آخرین روز سال",
)
_DECREED = "تعطیلی عمومی"


class _FromCalendar(NamedTuple):
    day: date
    title: str
    is_estimated: bool
    kind: HolidayKind


def import_holidays_ahead() -> int:
    """Take over this year and the next, each only once.

    A year that has days in the table has been seen by people: a lunar day that they
    moved must not come back.
    """
    this_year = tehran_day(timezone.now()).year
    empty = [
        year
        for year in (this_year, this_year + 1)
        if not Holiday.objects.filter(day__year=year).exists()
    ]
    return import_holidays(years=empty) if empty else 0


def import_holidays(*, years: Iterable[int]) -> int:
    """Add the days that are missing in these Gregorian years; returns how many.

    Days that are there stay, and so do those from which people took a holiday away. Only
    the title of an estimated one follows the calendar.
    """
    working = set(WorkingDay.objects.values_list("day", flat=True))
    found = [holiday for holiday in _calendar(years) if holiday.day not in working]
    known = set(
        Holiday.objects.filter(day__in=[holiday.day for holiday in found]).values_list(
            "day", flat=True
        )
    )
    added = Holiday.objects.bulk_create(
        [Holiday(**holiday._asdict()) for holiday in found if holiday.day not in known],
        ignore_conflicts=True,  # somebody else may be importing, too
    )
    for holiday in found:
        if holiday.day in known:
            estimated = Holiday.objects.filter(day=holiday.day, is_estimated=True)
            estimated.exclude(title=holiday.title).update(title=holiday.title)
    return len(added)


def _calendar(years: Iterable[int]) -> Iterator[_FromCalendar]:
    for day, titles in sorted(country_holidays("IR", language="fa_IR", years=years).items()):
        # Two occasions of one day; the day is certain as soon as one of them is.
        each = titles.split("; ")
        title = "، ".join(_title(title) for title in each)
        yield _FromCalendar(
            day=day,
            title=title,
            is_estimated=all(_ESTIMATED in title for title in each),
            kind=kind_of(title),
        )


def kind_of(title: str) -> HolidayKind:
    """Of a day of two occasions, one of them solar: solar, because it does not move."""
    if any(name in title for name in _SOLAR):
        return HolidayKind.SOLAR
    return HolidayKind.DECREED if title == _DECREED else HolidayKind.LUNAR


def _title(from_calendar: str) -> str:
    title = from_calendar.replace(_ESTIMATED, "")
    for theirs, ours in _BETTER.items():
        title = title.replace(theirs, ours)
    return fa_digits(clean(title))
