"""When an office can be visited. What shuts it stands in closure_models.py."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from nobat.people.models import Person
from nobat.schedule.closure_models import Closure as Closure
from nobat.schedule.closure_models import ClosureOrder as ClosureOrder
from nobat.schedule.closure_models import span_of as span_of


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


class HolidayKind(models.TextChoices):
    SOLAR = "solar", "خورشیدی"
    LUNAR = "lunar", "قمری"
    DECREED = "decreed", "مصوب"  # of this one year, by a decision


class Holiday(models.Model):
    """A day on which every office is shut."""

    day = models.DateField(unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=10,
        choices=HolidayKind,
        default=HolidayKind.SOLAR,
        db_default=HolidayKind.SOLAR,
    )
    # Lunar dates are estimates until the moon, or the official calendar, confirms.
    is_estimated = models.BooleanField(default=False)
    # Who confirmed, moved or set it by hand; nobody: as the calendar has it.
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HolidayKind.values), name="holiday_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class WorkingDay(models.Model):
    """A day from which people took a holiday away: the calendar must not bring it back."""

    day = models.DateField(unique=True)
    title = models.CharField(max_length=200)  # of the holiday that it was
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} is no holiday"


class SeatsHeld(Func):
    """How many seats of the slot of this row are kept for others at a moment."""

    function = "seats_held"
    output_field = IntegerField()

    def __init__(self, at: datetime, but_for: int | None = None) -> None:
        super().__init__(F("pk"), *_whose(at, but_for))


class IsFree(Func):
    """Whether one more may take a seat of the slot of this row at a moment (slot_is_free.sql)."""

    function = "slot_is_free"
    output_field = models.BooleanField()

    def __init__(self, at: datetime, but_for: int | None = None) -> None:
        super().__init__(_Row(F("pk")), *_whose(at, but_for))


class _Row(Func):
    """All columns of the row that this one is of."""

    output_field = models.BigIntegerField()  # which nobody reads

    def as_sql(self, compiler: SQLCompiler, *rest: object, **more: object) -> tuple[str, tuple[()]]:
        [column] = self.get_source_expressions()
        return compiler.quote_name_unless_alias(column.alias), ()


def _whose(at: datetime, but_for: int | None) -> tuple[Value, Value]:
    moment = Value(at, output_field=models.DateTimeField())
    return moment, Value(but_for, output_field=models.BigIntegerField())


class SlotQuerySet(models.QuerySet["Slot"]):
    def free(self, *, but_for: int | None = None) -> Self:
        """With a seat that is neither taken nor kept for another appointment than this."""
        return self.filter(IsFree(timezone.now(), but_for))

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
    # Never before the end of its last Hold, so that most slots are read without looking there.
    held_until = models.DateTimeField(null=True)
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


class Hold(models.Model):
    """One seat that is kept for somebody until a moment, by which alone it lapses.

    Nothing has to be done then: whoever counts seats counts holds that still run
    (seats_held, in the migration of this table).
    """

    slot = models.ForeignKey(Slot, models.CASCADE, db_index=False)
    until = models.DateTimeField(db_index=True)
    # For which appointment; a number alone, because the schedule knows none of them.
    kept_for = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "kept_for"], name="an_appointment_is_held_a_seat_once"
            )
        ]

    def __str__(self) -> str:
        return f"hold of {self.slot_id}"
