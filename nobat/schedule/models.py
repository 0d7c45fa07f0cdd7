"""When an office can be visited."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from nobat.shared.jalali import TEHRAN, start_of_day


class WeeklyHours(models.Model):
    """One stretch of an office's week.

    The rows with the latest `valid_from` not after a day are the office's whole week
    on that day; an office without rows for a weekday is shut on it.
    """

    office = models.ForeignKey("offices.Office", models.CASCADE)
    valid_from = models.DateField()
    weekday = models.PositiveSmallIntegerField()  # 0 Saturday … 6 Friday
    opens_at = models.TimeField()
    closes_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()  # length of one turn
    seats = models.PositiveSmallIntegerField()  # people served at the same time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "valid_from", "weekday", "opens_at"],
                name="one_stretch_per_office_weekday_and_opening",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="hours_close_after_they_open",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(
                condition=Q(minutes__gte=5) & Q(minutes__lte=240),
                name="a_turn_takes_5_to_240_minutes",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1) & Q(seats__lte=200),
                name="hours_have_1_to_200_seats",
            ),
        ]

    def __str__(self) -> str:
        return f"hours of {self.office_id} on weekday {self.weekday}"


class Holiday(models.Model):
    """A day on which every office is shut."""

    day = models.DateField(unique=True)
    title = models.CharField(max_length=200)
    # Lunar dates are estimates until the moon, or the official calendar, confirms.
    is_estimated = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class Closure(models.Model):
    """A day, or some hours of it, on which one office is shut."""

    office = models.ForeignKey("offices.Office", models.CASCADE)
    day = models.DateField()
    # By the clock of Tehran; both empty: the whole day.
    from_hour = models.TimeField(null=True)
    until_hour = models.TimeField(null=True)
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "from_hour"],
                nulls_distinct=False,
                name="an_office_closes_a_day_once",
            ),
            models.CheckConstraint(
                condition=Q(from_hour=None, until_hour=None)
                | Q(from_hour__isnull=False, until_hour__gt=F("from_hour")),
                name="a_closure_is_of_a_day_or_of_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} shut on {self.day}"

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From which moment until which."""
        return span_of(self.day, self.from_hour, self.until_hour)


def span_of(
    day: date, from_hour: time | None, until_hour: time | None
) -> tuple[datetime, datetime]:
    """The hours of a day as moments; what is not given is the day's own beginning or end."""
    starts_at = datetime.combine(day, from_hour, TEHRAN) if from_hour else start_of_day(day)
    end_of_day = start_of_day(day + timedelta(days=1))
    return starts_at, datetime.combine(day, until_hour, TEHRAN) if until_hour else end_of_day


class SlotQuerySet(models.QuerySet["Slot"]):
    def free(self) -> Self:
        return self.filter(is_open=True)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)


class Slot(models.Model):
    """One bookable stretch of time at one office, with a number of seats.

    `offered` is how many seats may be taken now: all of them, or none while the
    schedule does not contain this stretch (changed hours, a closure). `capacity` never
    falls below what is taken. `taken` is raised only by take_turn (take_turn.sql), and
    for hours that are over by schedule/seats.py, which alone lowers it.
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, db_index=False)
    day = models.DateField()  # the day in Tehran that starts_at falls on
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    offered = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Changes only between full and not full, so that most updates stay HOT.
    is_open = models.GeneratedField(
        expression=Q(taken__lt=F("offered")),  # type: ignore[arg-type]  # as its documentation has it
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "starts_at"],
                include=["day", "capacity"],
                name="one_slot_per_office_and_start",
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="slot_is_never_overbooked"
            ),
            models.CheckConstraint(
                condition=Q(offered__lte=F("capacity")),
                name="slot_offers_no_more_than_it_has",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "starts_at"],
                condition=Q(is_open=True),
                name="slot_open",
            )
        ]

    def __str__(self) -> str:
        return f"slot {self.pk} at {self.starts_at}"
