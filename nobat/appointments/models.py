"""What was agreed: an appointment and every state it can be in.

What follows when nobody came, or when the office closed, stands in the two files beside it.
"""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from nobat.appointments import policy
from nobat.appointments.proposal_model import Answer as Answer
from nobat.appointments.proposal_model import Outcome as Outcome
from nobat.appointments.proposal_model import Proposal as Proposal
from nobat.appointments.suspension_models import Objection as Objection
from nobat.appointments.suspension_models import Suspension as Suspension
from nobat.appointments.waiting_room_model import WaitingPlace as WaitingPlace
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class NotPossibleNow(RuleBroken):
    message = "وضعیت این نوبت عوض شده است. صفحه را دوباره باز کنید و ببینید."


class Status(models.TextChoices):
    BOOKED = "booked", "ثبت شده"
    CHECKED_IN = "checked_in", "به دفتر آمدید"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen", "خودتان حذف کردید"
    DISPLACED = "displaced", "دفتر بسته شد"
    NO_SHOW = "no_show", "نیامدید"
    EXCUSED = "excused", "بدون جریمه"


# From → to. A change that is not listed here cannot happen.
NEXT = {
    Status.BOOKED: {
        Status.CHECKED_IN,
        Status.CANCELLED_BY_CITIZEN,
        Status.DISPLACED,
        Status.NO_SHOW,
        Status.EXCUSED,
    },
    Status.CHECKED_IN: {Status.BOOKED},  # a check-in by mistake, taken back
    # Moved to another hour, or no longer wanted.
    Status.DISPLACED: {Status.BOOKED, Status.CANCELLED_BY_CITIZEN},
    Status.NO_SHOW: {Status.EXCUSED, Status.CHECKED_IN},  # checked in without a network
}
HOLDS_A_SEAT = [Status.BOOKED.value, Status.CHECKED_IN.value]


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def of(self, citizen: Person) -> Self:
        return self.filter(citizen=citizen)

    def upcoming(self, now: datetime) -> Self:
        return self.filter(status=Status.BOOKED, ends_at__gt=now)

    def waiting_for_another_hour(self, today: date) -> Self:
        """A closure took their hour, and they are still asked what they want instead."""
        since = today - policy.ASKED_AFTER_A_CLOSURE
        return self.filter(status=Status.DISPLACED, day__gte=since)

    def holding_a_seat(self) -> Self:
        return self.filter(status__in=HOLDS_A_SEAT)


class Appointment(models.Model):
    """One citizen's turn, or two turns in a row, at one office for one service.

    Office, day and hours repeat what the slots say, so that limits and lists need no
    join; check_integrity compares them.
    """

    reference = models.CharField(max_length=10)  # the tracking code
    citizen = models.ForeignKey(Person, models.PROTECT, db_index=False)
    # No foreign keys in the database: with them, all bookings of a moment would lock the same
    # rows of offices and services to prove that they are there. take_turn reads both, neither
    # is ever deleted, and check_integrity proves it (decision 35).
    office = models.ForeignKey(
        "offices.Office", models.PROTECT, db_index=False, db_constraint=False
    )
    service = models.ForeignKey(
        "offices.Service", models.PROTECT, db_index=False, db_constraint=False
    )
    cases = models.PositiveSmallIntegerField()
    slot = models.ForeignKey("schedule.Slot", models.PROTECT, related_name="+")
    # The second of two turns in a row, for three or four cases.
    second_slot = models.ForeignKey(
        "schedule.Slot", models.PROTECT, null=True, related_name="+", db_index=False
    )
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    status = models.CharField(max_length=24, choices=Status, default=Status.BOOKED)
    # Why it no longer stands, for the citizen to read.
    reason = models.CharField(max_length=120, blank=True, default="", db_default="")
    moves = models.PositiveSmallIntegerField(default=0, db_default=0)
    booked_at = models.DateTimeField()
    status_changed_at = models.DateTimeField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="one_appointment_per_reference"),
            models.UniqueConstraint(
                fields=["citizen", "starts_at"],
                condition=Q(status__in=HOLDS_A_SEAT),
                name="a_citizen_is_in_one_place_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="appointment_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(cases__gte=1) & Q(cases__lte=policy.MOST_CASES_EVER),
                name="an_appointment_is_for_one_to_twenty_cases",
            ),
            # From how many on there are two is a rule of its day; check_integrity compares.
            models.CheckConstraint(
                condition=Q(second_slot=None) | Q(cases__gte=2),
                name="one_case_takes_one_turn",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="appointment_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["citizen", "starts_at"], name="appointment_of_citizen"),
            models.Index(fields=["office", "day"], name="appointment_of_office"),
            models.Index(
                fields=["second_slot"],
                condition=Q(second_slot__isnull=False),
                name="appointment_second_slot",
            ),
            # What end_of_day.py asks for: few rows stand after their hour.
            models.Index(
                fields=["ends_at"], condition=Q(status=Status.BOOKED), name="appointment_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def slot_ids(self) -> list[int]:
        """The slots that this appointment is for, in the order of their hours."""
        return [self.slot_id, self.second_slot_id] if self.second_slot_id else [self.slot_id]

    @property
    def held_slot_ids(self) -> list[int]:
        """The slots in which it holds a seat: none once it no longer stands."""
        return self.slot_ids if self.status in HOLDS_A_SEAT else []

    def can_be_changed(self, now: datetime) -> bool:
        """Deleting and moving are possible until the hour of the appointment.

        One that a closure displaced has no hour any more and can be changed at any time.
        """
        if self.status == Status.DISPLACED:
            return True
        return self.status == Status.BOOKED and now < self.starts_at

    def change_status(self, new: Status, at: datetime, *, reason: str = "") -> None:
        """Move on, unless someone else moved this appointment first."""
        allowed_from = [old for old, news in NEXT.items() if new in news]
        still_there = Appointment.objects.filter(pk=self.pk, status__in=allowed_from)
        if not still_there.update(status=new, status_changed_at=at, reason=reason):
            raise NotPossibleNow
        self.status, self.status_changed_at, self.reason = new, at, reason


class TurnRequest(models.Model):
    """One press of the button: the same key again gets the same appointment.

    Kept for some days only, and read by take_turn, which writes it beside the appointment:
    the database need not prove again that all three are there.
    """

    citizen = models.ForeignKey(Person, models.CASCADE, db_index=False, db_constraint=False)
    key = models.UUIDField()
    appointment = models.ForeignKey(
        Appointment, models.CASCADE, db_index=False, db_constraint=False
    )
    slot = models.ForeignKey("schedule.Slot", models.PROTECT, db_index=False, db_constraint=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "key"], name="one_answer_per_citizen_and_key"
            )
        ]

    def __str__(self) -> str:
        return f"request {self.key}"
