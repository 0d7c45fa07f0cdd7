"""What shuts offices: an office's own closing, or an order of the association for many."""

from datetime import date, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from nobat.people.models import Person
from nobat.shared.jalali import TEHRAN, start_of_day


class OrderState(models.TextChoices):
    RUNNING = "running", "در حال انجام"
    DONE = "done", "انجام شد"
    LIFTED = "lifted", "برداشته شد"


class ClosureOrder(models.Model):
    """What closes, minus exceptions, when, how much of it, and why; see orders/scope.py.

    Everywhere codes, as people know them: an order says what it said for ever.
    """

    is_nationwide = models.BooleanField(default=False)
    provinces = ArrayField(models.CharField(max_length=2), default=list)
    counties = ArrayField(models.CharField(max_length=4), default=list)
    offices = ArrayField(models.CharField(max_length=12), default=list)
    but_counties = ArrayField(models.CharField(max_length=4), default=list)
    but_offices = ArrayField(models.CharField(max_length=12), default=list)
    spares_exempt = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField()
    # Of each day, by the clock of Tehran; both empty: the whole day.
    from_hour = models.TimeField(null=True)
    until_hour = models.TimeField(null=True)
    stays = models.PositiveSmallIntegerField(default=0)  # percent of the seats
    reason = models.CharField(max_length=120)
    # The office itself was suspended or closed down: opening it again lifts this order.
    ends_office = models.BooleanField(default=False)
    letter = models.CharField(max_length=60, blank=True)  # number of the letter it rests on
    key = models.UUIDField(unique=True)  # made with the page: pressing twice orders once
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.RUNNING)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    affected = models.PositiveIntegerField(default=0)  # appointments, when it was decided
    done_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="an_order_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(from_hour=None, until_hour=None)
                | Q(from_hour__isnull=False, until_hour__gt=F("from_hour")),
                name="an_order_is_of_days_or_of_hours",
            ),
            models.CheckConstraint(condition=Q(stays__lt=100), name="an_order_closes_something"),
            models.CheckConstraint(
                condition=Q(state=OrderState.LIFTED, lifted_at__isnull=False)
                | (~Q(state=OrderState.LIFTED) & Q(lifted_at=None)),
                name="an_order_is_lifted_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"order {self.pk}"

    @property
    def days(self) -> list[date]:
        length = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=number) for number in range(length)]


class Closure(models.Model):
    """A day, or some hours of it, on which one office is shut, or gives fewer seats."""

    # By whom: an order of the association, or the office itself.
    order = models.ForeignKey(ClosureOrder, models.PROTECT, null=True, related_name="closures")
    office = models.ForeignKey("offices.Office", models.CASCADE)
    day = models.DateField()
    # By the clock of Tehran; both empty: the whole day.
    from_hour = models.TimeField(null=True)
    until_hour = models.TimeField(null=True)
    stays = models.PositiveSmallIntegerField(default=0, db_default=0)  # percent of the seats
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "from_hour", "order"],
                nulls_distinct=False,
                name="an_office_closes_a_day_once",
            ),
            models.CheckConstraint(
                condition=Q(from_hour=None, until_hour=None)
                | Q(from_hour__isnull=False, until_hour__gt=F("from_hour")),
                name="a_closure_is_of_a_day_or_of_hours",
            ),
            models.CheckConstraint(condition=Q(stays__lt=100), name="a_closure_closes_something"),
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
