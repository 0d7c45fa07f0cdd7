"""What somebody looks for in the journal, and where in it: never more than the own province."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast, Substr

from nobat.appointments.models import Appointment
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.offices.association import offices_of
from nobat.offices.models import AssociationMember, Office
from nobat.people.models import Person
from nobat.shared.jalali import start_of_day
from nobat.shared.persian import latin_digits
from nobat.shared.reference import is_reference, typed_reference
from nobat.web.association.act_groups import ACT_CHOICES, acts_chosen
from nobat.web.association.jalali_day_field import JalaliDayField
from nobat.web.association.journal_names import APPOINTMENT, OFFICE
from nobat.web.association.staff_choices import staff_choices
from nobat.web.citizen.account_fields import TypedField

PER_PAGE = 50


class JournalForm(forms.Form):
    """Sent in the address: no name, mobile or national code belongs here."""

    about = TypedField(
        label="کد رهگیری یا کد دفتر",
        missing="",
        css="ltr",
        required=False,
        max_length=40,
        attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
    act = forms.ChoiceField(label="چه کاری", choices=ACT_CHOICES, required=False)
    by = forms.ChoiceField(label="چه کسی", required=False)
    since = JalaliDayField(label="از روز", required=False)
    until = JalaliDayField(label="تا روز", required=False)

    def __init__(self, *args: Any, member: AssociationMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["by"].choices = staff_choices(member, self.data.get("by", ""))  # type: ignore[attr-defined]

    def clean_about(self) -> Appointment | Office | None:
        typed = typed_reference(self.cleaned_data["about"])
        if not typed:
            return None
        found = _named(latin_digits(typed), self.member)
        if found is None:
            raise forms.ValidationError(
                "نوبت یا دفتری با این کد پیدا نشد. کد را دوباره از روی رسید یا فهرست ببینید."
            )
        return found

    def clean_by(self) -> Person | None:
        chosen = self.cleaned_data["by"]
        return Person.objects.get(pk=chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "روز پایان پیش از روز آغاز است. آن دو را جابه‌جا کنید.")
        return self.cleaned_data


def found_entries(form: JournalForm) -> QuerySet[JournalEntry]:
    """The newest first, of a form that is valid."""
    asked = form.cleaned_data
    entries = seen_by(form.member)
    if asked["about"]:
        entries = entries.filter(subject=name_of(asked["about"]))
    if asked["by"]:
        entries = entries.filter(by=name_of(asked["by"]))
    if asked["act"]:
        entries = entries.filter(act__in=acts_chosen(asked["act"]))
    if asked["since"]:
        entries = entries.filter(at__gte=start_of_day(asked["since"]))
    if asked["until"]:
        entries = entries.filter(at__lt=start_of_day(asked["until"] + timedelta(days=1)))
    return entries.order_by("-at", "-id")


def seen_by(member: AssociationMember) -> QuerySet[JournalEntry]:
    """All; for an officer of a province what is about its offices and their appointments."""
    entries = JournalEntry.objects.all()
    if not member.province_id:
        return entries
    offices = offices_of(member)
    names = [f"{OFFICE}:{number}" for number in offices.values_list("pk", flat=True)]
    number = Case(
        When(
            subject__startswith=f"{APPOINTMENT}:",
            then=Cast(Substr("subject", len(APPOINTMENT) + 2), BigIntegerField()),
        )
    )
    theirs = Appointment.objects.filter(pk=OuterRef("appointment_id"), office__in=offices)
    numbered = entries.alias(appointment_id=number)
    return numbered.filter(Q(subject__in=names) | Q(Exists(theirs)))


def page_of(entries: QuerySet[JournalEntry], before: str) -> tuple[list[JournalEntry], str]:
    """As many as a page holds, older than the place; and the place where the next begins."""
    place = _place(before)
    if place:
        at, number = place
        entries = entries.filter(Q(at__lt=at) | Q(at=at, id__lt=number), at__lte=at)
    found = list(entries[: PER_PAGE + 1])
    if len(found) <= PER_PAGE:
        return found, ""
    last = found[PER_PAGE - 1]
    return found[:PER_PAGE], f"{last.at.isoformat()}_{last.pk}"


def _place(before: str) -> tuple[datetime, int] | None:
    """What no link of ours says is the first page again."""
    at, _, number = before.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(number)) if moment.tzinfo else None
    except ValueError:
        return None


def _named(code: str, member: AssociationMember) -> Appointment | Office | None:
    offices = offices_of(member)
    if is_reference(code):
        return Appointment.objects.filter(reference=code, office__in=offices).first()
    return offices.filter(code=code).first()
