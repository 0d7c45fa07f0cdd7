"""Totals of days: written by a job from the rows themselves, read by the association's pages."""

from django.db import models
from django.db.models import F, Q

from nobat.offices.models import County, Office, Province, Service
from nobat.sms.models import Kind


def _count() -> models.PositiveIntegerField:
    """How many; none unless something was counted."""
    return models.PositiveIntegerField(default=0, db_default=0)


class DayTotal(models.Model):
    """What is counted of one day, whoever's day it is.

    Appointments count on the day that they are for. `offered` and `held` are turns (one for
    four cases takes two), all else is people. A day is counted again as often as it may have
    changed, except for the last three: they say how far away the first free turn was on the
    morning of that day, and that cannot be found out later.
    """

    day = models.DateField()
    offered = _count()  # turns that could be taken
    held = _count()  # of them, those kept until their hour
    appointments = _count()  # whatever has become of them
    came = _count()
    no_shows = _count()
    excused = _count()
    cancelled = _count()  # by the citizen
    displaced = _count()  # by a closure, and no other hour was taken
    served = _count()  # visits with a result, with an appointment or without one
    walk_ins = _count()
    booked = _count()  # agreed on this day, for whatever day
    measured = _count()  # offices whose first free turn was looked for
    wait = _count()  # days until then, of these offices together
    booked_up = _count()  # of these offices, those without any free turn

    class Meta:
        abstract = True


class OfficeDayTotal(DayTotal):
    office = models.ForeignKey(Office, models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="one_total_per_office_and_day"),
            models.CheckConstraint(
                condition=Q(held__lte=F("offered")), name="no_more_turns_are_held_than_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} at {self.office_id}"


class ProvinceDayTotal(DayTotal):
    """The sum of its offices: the country's year has half a million days of offices."""

    province = models.ForeignKey(Province, models.PROTECT, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "province"], name="one_total_per_province_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} in {self.province_id}"


class ServiceDayTotal(models.Model):
    """Appointments for one service in one county, whatever has become of them."""

    county = models.ForeignKey(County, models.PROTECT, db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, db_index=False)
    day = models.DateField()
    appointments = _count()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "county", "service"],
                include=["appointments"],
                name="one_total_per_county_service_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}, service {self.service_id} in {self.county_id}"


class SmsDayTotal(models.Model):
    """SMS by the day on which they were due, as far as the ledger knows of them."""

    day = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    # That of the appointment it speaks of; none for codes and accounts.
    province = models.ForeignKey(Province, models.PROTECT, null=True, db_index=False)
    queued = _count()
    accepted = _count()  # by the provider
    delivered = _count()  # of those accepted, as providers report of phones
    undelivered = _count()  # likewise; blocked by who has the phone included
    given_up = _count()  # no provider took it
    expired = _count()
    unknown = _count()  # whether a provider took it
    parts = _count()  # of those accepted, as operators count them
    cost = models.BigIntegerField(default=0, db_default=0)  # rials, as far as it is known

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "province"],
                nulls_distinct=False,
                name="one_total_per_day_kind_and_province",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class LastCount(models.Model):
    """When the totals were last counted: one row, so that a page can say how old they are."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_last_count")]

    def __str__(self) -> str:
        return f"counted at {self.at}"
