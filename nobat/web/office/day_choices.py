"""The days a manager chooses from, by their Jalali names."""

from datetime import date, timedelta

from nobat.shared.jalali import long_day

DAYS_AHEAD = 60


def day_choices(first: date, *, today: date) -> list[tuple[str, str]]:
    """For a select: from the first day on, sixty days ahead."""
    last = today + timedelta(days=DAYS_AHEAD)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [(day.isoformat(), _name(day, today)) for day in days]


def _name(day: date, today: date) -> str:
    return f"امروز، {long_day(day)}" if day == today else long_day(day)
