"""Whose weeks without booking run, and finding those of one person by what they can tell."""

from contextlib import suppress

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from nobat.appointments.models import Suspension
from nobat.offices.association import offices_of
from nobat.offices.models import AssociationMember
from nobat.people.mobile import NotAMobile, mobile_number
from nobat.people.national_id import plain_identity
from nobat.people.sign_up import IDENTITY
from nobat.shared.reference import typed_reference
from nobat.shared.sealed import digest
from nobat.web.citizen.account_fields import TypedField


class SearchForm(forms.Form):
    """Sent apart and not in an address: it asks for numbers of citizens."""

    sought = TypedField(
        label="کد رهگیری نوبت، موبایل یا کد ملی",
        missing="یکی از سه شماره را بنویسید.",
        css="ltr short",
        max_length=40,
        attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )


def suspensions_of(member: AssociationMember) -> QuerySet[Suspension]:
    """Running or over, with what they are for; only those of this member's offices."""
    theirs = Suspension.objects.filter(cause__office__in=offices_of(member))
    return theirs.explained().select_related("citizen", "cause__office__county")


def running_of(member: AssociationMember) -> QuerySet[Suspension]:
    return suspensions_of(member).running(timezone.now())  # type: ignore[attr-defined]


def running_with(member: AssociationMember, typed: str) -> QuerySet[Suspension]:
    """Ten digits may be a tracking code and a national code alike: whatever fits is found."""
    number = plain_identity(typed)
    fits = Q(cause__reference=typed_reference(typed))
    fits |= Q(citizen__identity_digest=digest(number, IDENTITY))
    with suppress(NotAMobile):  # then it is one of the other two
        fits |= Q(citizen__mobile=mobile_number(typed))
    return running_of(member).filter(fits)
