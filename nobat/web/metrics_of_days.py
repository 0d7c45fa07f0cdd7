"""Numbers for machines that watch over us: what the job of totals has counted of days.

Of each day there is one row for each province, found by an index.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from django.db.models import Max, Sum
from django.utils import timezone
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from nobat.appointments.models import Appointment
from nobat.figures.models import LastCount, ProvinceDayTotal
from nobat.schedule.publish import PUBLISHED_AHEAD
from nobat.shared.jalali import tehran_day
from nobat.web.gauge import gauge

# Usual is the middle one of so many equal weekdays: a holiday among them does not change it.
WEEKS_OF_USUAL = 6
_WEEK = timedelta(weeks=1)
_DAY = timedelta(days=1)
_BECAME = ("came", "no_shows", "excused", "cancelled", "displaced")


def of_days() -> Iterator[Metric]:
    today = tehran_day(timezone.now())
    days = {"today": today, "yesterday": today - _DAY}
    booked = Appointment.objects.aggregate(last=Max("pk"))["last"] or 0
    help_ = "Appointments ever made (the highest number)."
    yield CounterMetricFamily("nobat_appointments_booked", help_, booked)
    yield _became(days)
    help_ = "No-shows of such a day: the middle one of the same weekday in earlier weeks."
    usual = {name: _usual_no_shows(day) for name, day in days.items()}
    yield gauge("no_shows_usual", help_, "day", usual)
    yield from _ahead(today)
    counted = LastCount.objects.values_list("at", flat=True).first()
    if counted:
        help_ = "When these totals were last counted."
        yield GaugeMetricFamily("nobat_totals_timestamp_seconds", help_, counted.timestamp())


def _became(days: dict[str, date]) -> Metric:
    help_ = "People with an appointment for that day, by what has become of them."
    family = GaugeMetricFamily("nobat_day_people", help_, labels=["day", "became"])
    for name, day in days.items():
        for what, number in _sums(day, day, *_BECAME).items():
            family.add_metric([name, what], number)
    return family


def _usual_no_shows(day: date) -> float:
    """Of the days that were counted; none is no forecast."""
    before = [day - number * _WEEK for number in range(1, WEEKS_OF_USUAL + 1)]
    rows = ProvinceDayTotal.objects.filter(day__in=before).values("day")
    counts = [row["n"] for row in rows.annotate(n=Sum("no_shows"))]
    return median(counts) if counts else 0


def _ahead(today: date) -> Iterator[Metric]:
    ahead = _sums(today + _DAY, today + PUBLISHED_AHEAD, "offered", "held")
    morning = _sums(today, today, "measured", "booked_up", "wait")
    seats = {"offered": ahead["offered"], "free": ahead["offered"] - ahead["held"]}
    yield gauge("turns_ahead", "Turns of the days that can be booked.", "which", seats)
    help_ = "Offices this morning: measured, and of them without any free turn."
    offices = {"measured": morning["measured"], "booked_up": morning["booked_up"]}
    yield gauge("offices_this_morning", help_, "which", offices)
    help_ = "Days until the first free turn, this morning, of an average office."
    wait = morning["wait"] / morning["measured"] if morning["measured"] else 0
    yield GaugeMetricFamily("nobat_days_until_first_free_turn", help_, wait)


def _sums(first: date, last: date, *of: str) -> dict[str, int]:
    totals = ProvinceDayTotal.objects.filter(day__range=(first, last))
    found = totals.aggregate(**{f"sum_{name}": Sum(name) for name in of})
    return {name: found[f"sum_{name}"] or 0 for name in of}
