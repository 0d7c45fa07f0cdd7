"""Who came: visitors with their numbers, and how each day of an office ended."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from nobat.appointments.models import Appointment
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class VisitChanged(RuleBroken):
    message = (
        "وضعیت این مراجعه همین حالا عوض شده است. شاید همکارتان زودتر بوده؛ فهرست را ببینید و "
        "اگر هنوز لازم است دوباره بزنید."
    )


class VisitState(models.TextChoices):
    WAITING = "waiting", "این‌جاست"
    BEING_SERVED = "being_served", "در حال انجام"
    SERVED = "served", "انجام شد"
    PAPERS_MISSING = "papers_missing", "مدارک ناقص"
    ELSEWHERE = "elsewhere", "کار این دفتر نبود"
    LEFT = "left", "رفت"


ENDS_A_VISIT = [
    VisitState.SERVED.value,
    VisitState.PAPERS_MISSING.value,
    VisitState.ELSEWHERE.value,
    VisitState.LEFT.value,
]
# From → to. Who left may come back; everything else that ends a visit stays as it is.
NEXT: dict[VisitState, set[VisitState | str]] = {
    VisitState.WAITING: {VisitState.BEING_SERVED, *ENDS_A_VISIT},
    VisitState.BEING_SERVED: {VisitState.WAITING, *ENDS_A_VISIT},
    VisitState.LEFT: {VisitState.WAITING},
}
NEEDS_A_NOTE = [VisitState.PAPERS_MISSING.value, VisitState.ELSEWHERE.value]


class VisitQuerySet(models.QuerySet["Visit"]):
    def of_day(self, office: Office, day: date) -> Self:
        return self.filter(office=office, day=day)

    def waiting(self) -> Self:
        return self.filter(state=VisitState.WAITING)


class Visit(models.Model):
    """Somebody who has come to an office, with an appointment or without one."""

    office = models.ForeignKey("offices.Office", models.PROTECT, db_index=False)
    day = models.DateField()
    number = models.PositiveSmallIntegerField()  # on the ticket, from 1 each day
    appointment = models.OneToOneField(Appointment, models.PROTECT, null=True)
    # Whose seat somebody without an appointment was given.
    in_place_of = models.OneToOneField(
        Appointment, models.PROTECT, null=True, related_name="seat_given_to"
    )
    name = models.CharField(max_length=60, blank=True)  # only without an appointment
    service = models.ForeignKey("offices.Service", models.PROTECT, null=True, db_index=False)
    # The hour by which they are served; none: after those whose hour has come.
    hour = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=VisitState, default=VisitState.WAITING)
    note = models.CharField(max_length=200, blank=True, default="", db_default="")
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "day", "number"], name="one_visit_per_office_day_and_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VisitState.values), name="visit_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(appointment=None) | Q(in_place_of=None, name=""),
                name="only_a_walk_in_has_a_name_or_a_given_seat",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEEDS_A_NOTE) | ~Q(note=""),
                name="a_visit_without_result_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDS_A_VISIT, finished_at__isnull=False)
                | (~Q(state__in=ENDS_A_VISIT) & Q(finished_at=None)),
                name="a_visit_is_finished_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in ENDS_A_VISIT

    def change_state(self, new: VisitState, **moments: datetime | str | None) -> None:
        """Go on to this state, unless somebody else was faster. Raises VisitChanged."""
        allowed_from = [old for old, news in NEXT.items() if new in news]
        still_there = Visit.objects.filter(pk=self.pk, state__in=allowed_from)
        if not still_there.update(state=new, **moments):
            raise VisitChanged
        self.state = new


class Answer(models.TextChoices):
    """What an office says of a day on which it recorded nobody."""

    NOBODY_CAME = "nobody_came", "باز بودیم و کسی نیامد"
    NOT_RECORDED = "not_recorded", "مردم آمدند ولی ثبت نشدند"
    WAS_CLOSED = "was_closed", "دفتر بسته بود"


class OfficeDay(models.Model):
    """One office's one day at the counter: its ticket numbers, and how it ended."""

    office = models.ForeignKey("offices.Office", models.PROTECT, db_index=False)
    day = models.DateField()
    last_number = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Nobody was recorded all day: the office and the association were asked why.
    questioned_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=16, choices=Answer, blank=True, default="", db_default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="one_row_per_office_and_day"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=Answer.values, answered_at__isnull=False),
                name="a_day_is_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"day {self.day} of {self.office_id}"


class Outage(models.Model):
    """Hours in which an office could record nobody: no power, no network."""

    office = models.ForeignKey("offices.Office", models.PROTECT)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="outage_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"outage {self.pk}"
