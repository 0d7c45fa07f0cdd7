"""Page: one visitor, and how the visit ends when it is not simply done."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.receipt_words import to_bring
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.visits.finish import LONGEST_NOTE, finish_visit
from nobat.visits.models import ENDS_A_VISIT, Visit, VisitState
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.citizen.account_fields import TypedField
from nobat.web.office.message_lines import message_lines

OUTCOMES = [(state.value, state.label) for state in VisitState if state.value in ENDS_A_VISIT]


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label="این مراجعه چگونه تمام شد؟",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "یکی را انتخاب کنید.", "invalid_choice": "یکی را انتخاب کنید."},
    )
    note = TypedField(
        label="چه کم بود، یا کار به کجا می‌رود؟",
        help_text="برای «مدارک ناقص» و «کار این دفتر نبود» لازم است. مراجعه‌کننده آن را می‌خواند.",
        missing="",
        required=False,
        max_length=LONGEST_NOTE,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@clerk_only
def visit(request: OfficeRequest, number: int) -> HttpResponse:
    visitor = visit_of_today(request, number)
    form = OutcomeForm(request.POST or None, initial={"outcome": request.GET.get("as", "")})
    status = 200
    if form.is_valid():
        try:
            outcome = VisitState(form.cleaned_data["outcome"])
            note = form.cleaned_data["note"]
            finish_visit(visit=visitor, outcome=outcome, by=request.user, note=note)
        except RuleBroken as refusal:
            form.add_error("note" if refusal.status == 422 else None, refusal.message)
            status = refusal.status
        else:
            messages.success(request, f"«{name_of(visitor)}»: {outcome.label}.")
            return redirect("office:desk")
    elif form.errors:
        status = 422
    return render(request, "office/visit.html", _context(visitor, form), status=status)


def _context(visitor: Visit, form: OutcomeForm) -> dict[str, Any]:
    appointment = visitor.appointment
    papers = to_bring(appointment.citizen, appointment.service) if appointment else []
    about = message_lines(appointment, timezone.now()) if appointment else {}
    return {
        **about,
        "here": "desk",
        "visit": visitor,
        "name": name_of(visitor),
        "papers": papers or (visitor.service.papers if visitor.service else []),
        "form": form,
    }


def visit_of_today(request: OfficeRequest, number: int) -> Visit:
    """Of this office and this day; any other number is not found."""
    today = Visit.objects.of_day(request.office, tehran_day(timezone.now()))
    with_all = today.select_related("appointment__citizen", "appointment__service", "service")
    return get_object_or_404(with_all, number=number)


def name_of(visitor: Visit) -> str:
    if visitor.appointment:
        return visitor.appointment.citizen.full_name
    return visitor.name or "بدون نام"
