"""Which messages somebody wants to see, and where in the ledger to look for them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Min, QuerySet

from nobat.appointments.models import Appointment
from nobat.journal.record import name_of
from nobat.people.models import Person, SmsCode
from nobat.shared.persian import latin_digits
from nobat.shared.reference import is_reference, typed_reference
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.states import DID_NOT_ARRIVE
from nobat.web.citizen.account_fields import MobileField, TypedField

PER_PAGE = 50
# Ids follow the moment of queueing. A filter that fits little looks at so many of them, in
# ever larger steps, and leaves the rest to the next page: no page reads the whole ledger.
STEPS = (5_000, 50_000, 500_000)
SEARCHED_BACK = timedelta(days=30)
MOST_OF_A_MOBILE = 200


class MessageForm(forms.Form):
    """Sent in the address: no mobile belongs here."""

    about = TypedField(
        label="کد رهگیری نوبت",
        missing="",
        css="ltr",
        required=False,
        max_length=40,
        attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
    kind = forms.ChoiceField(label="گونه", choices=[("", "همه"), *Kind.choices], required=False)
    state = forms.ChoiceField(label="وضعیت", choices=[("", "همه"), *State.choices], required=False)

    def clean_about(self) -> str:
        reference = latin_digits(typed_reference(self.cleaned_data["about"]))
        if reference and not is_reference(reference):
            raise ValidationError("این کد رهگیری نیست. ده رقم را دوباره از روی رسید ببینید.")
        return reference


class MobileForm(forms.Form):
    """Sent apart and not in an address: it asks for somebody's number."""

    mobile = MobileField(
        autocomplete="off",
        help_text="نوبت‌ها و حساب این شماره، کدهای امروز، و هر چه در سی روز گذشته به آن نرسیده است.",
    )


class Found(NamedTuple):
    messages: list[OutgoingSms]
    before: int  # where the next page begins; 0: there is none
    looked_back_to: datetime | None  # where the next page begins although this one is not full


def messages_found(form: MessageForm, before: str) -> Found:
    """The newest first, of a form that is valid and names no appointment."""
    asked = form.cleaned_data
    filters = {name: asked[name] for name in ("kind", "state") if asked[name]}
    return _look(OutgoingSms.objects.filter(**filters), _place(before))


def messages_to(mobile: str, now: datetime) -> list[OutgoingSms]:
    """Of the last thirty days, the newest first.

    No index leads from a mobile to its messages, except to the few that did not arrive: the
    others are found by what they speak of.
    """
    of_mobile = OutgoingSms.objects.filter(to=mobile, queued_at__gt=now - SEARCHED_BACK)
    found = {
        sms.pk: sms
        for rows in (
            of_mobile.filter(about__in=_spoken_of(mobile)),
            of_mobile.filter(state__in=DID_NOT_ARRIVE),
        )
        for sms in rows
    }
    return [found[pk] for pk in sorted(found, reverse=True)[:MOST_OF_A_MOBILE]]


def _spoken_of(mobile: str) -> list[str]:
    """Their appointments, their account, and the codes that were asked for just now."""
    turns = Appointment.objects.filter(citizen__mobile=mobile).order_by("-pk")
    names = list(turns.values_list("reference", flat=True)[:MOST_OF_A_MOBILE])
    names += [name_of(person) for person in Person.objects.filter(mobile=mobile)]
    return names + [name_of(code) for code in SmsCode.objects.filter(mobile=mobile)]


def _look(messages: QuerySet[OutgoingSms], before: int) -> Found:
    newest = OutgoingSms.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    lowest = OutgoingSms.objects.aggregate(pk=Min("pk"))["pk"] or 0
    upper = top = min(before or newest + 1, newest + 1)
    found: list[OutgoingSms] = []
    for step in STEPS:
        floor = max(top - step, lowest)
        there = messages.filter(pk__gte=floor, pk__lt=upper).order_by("-pk")
        found += there[: PER_PAGE + 1 - len(found)]
        if len(found) > PER_PAGE:
            return Found(found[:PER_PAGE], found[PER_PAGE - 1].pk, None)
        if floor <= lowest:
            return Found(found, 0, None)
        upper = floor
    return Found(found, upper, _queued_at(upper))


def _queued_at(pk: int) -> datetime | None:
    there = OutgoingSms.objects.filter(pk__gte=pk).order_by("pk")
    return there.values_list("queued_at", flat=True).first()


def _place(before: str) -> int:
    """What no link of ours says is the first page again."""
    return int(before) if before.isascii() and before.isdigit() and len(before) < 19 else 0
