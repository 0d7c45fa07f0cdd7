"""Page: a number for somebody who comes without an appointment."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Appointment
from nobat.offices.models import Service
from nobat.people import throttle
from nobat.shared.jalali import hour
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import try_again, try_again_until_sent
from nobat.visits.models import Visit
from nobat.visits.walk_in import LONGEST_NAME, seats_to_give
from nobat.visits.walk_in import walk_in as let_in
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.citizen.account_fields import TypedField

NO_SEAT = ""


class WalkInForm(forms.Form):
    name = TypedField(
        label="نام",
        help_text="برای صدا زدن. اگر نمی‌خواهد بگوید، خالی بماند.",
        missing="",
        required=False,
        max_length=LONGEST_NAME,
        attrs={"autocomplete": "off"},
    )
    service = forms.ModelChoiceField(
        Service.objects.none(), label="موضوع خدمت", required=False, empty_label="هنوز نمی‌دانم"
    )
    # Made with the page, so that pressing twice gives one number.
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    seat = forms.ChoiceField(label="جا", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, request: OfficeRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Service.objects.filter(officeservice__office=request.office, is_bookable=True)
        self.fields["service"].queryset = offered  # type: ignore[attr-defined]
        self.seats = {str(seat.pk): seat for seat in seats_to_give(request.office, timezone.now())}
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (NO_SEAT, "در صف، پس از کسانی که ساعتشان رسیده است"),
            *((key, _seat_in_words(seat)) for key, seat in self.seats.items()),
        ]

    def clean_seat(self) -> Appointment | None:
        return self.seats.get(self.cleaned_data["seat"])


@require_http_methods(["GET", "HEAD", "POST"])
@clerk_only
def walk_in(request: OfficeRequest) -> HttpResponse:
    # Every field may be empty, so that an empty form is one that was sent.
    typed = request.POST if request.method == "POST" else None
    form = WalkInForm(typed, request=request, initial={"seat": request.GET.get("seat", NO_SEAT)})
    status = 200
    if typed is not None:
        try:
            if form.is_valid():
                return _let_in(request, form)
            status = 422
        except RuleBroken as refusal:
            form.add_error(None, refusal.message)
            # The key is used up, and nobody got a number.
            form.data = {**request.POST.dict(), "key": str(uuid4())}
            status = refusal.status
    return render(request, "office/walk_in.html", {"here": "desk", "form": form}, status=status)


def _let_in(request: OfficeRequest, form: WalkInForm) -> HttpResponse:
    until_it_is_there = try_again if form.cleaned_data["key"] else try_again_until_sent
    visit = until_it_is_there(lambda: _let_in_once(request, form))
    if visit:
        messages.success(request, f"شمارهٔ {fa_digits(visit.number)} داده شد. آن را به او بگویید.")
    return redirect("office:desk")


def _let_in_once(request: OfficeRequest, form: WalkInForm) -> Visit | None:
    """None, if this very form has got its number already."""
    with transaction.atomic():
        if key := form.cleaned_data["key"]:
            limit = throttle.WALK_INS_PER_FORM
            if throttle.count(limit, str(key), timezone.now()) > limit.most:
                return None
        return let_in(
            office=request.office,
            by=request.user,
            name=form.cleaned_data["name"],
            service=form.cleaned_data["service"],
            in_place_of=form.cleaned_data["seat"],
        )


def _seat_in_words(seat: Appointment) -> str:
    return f"جای {seat.citizen.full_name}، ساعت {hour(seat.starts_at)}، که نیامده است"
