"""Page: one objection with everything that is known of that day, and the decision on it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Objection
from nobat.appointments.objection import (
    LONGEST,
    NoAnswer,
    accept_objection,
    refuse_objection,
)
from nobat.appointments.receipt_words import masked_identity
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.shared.rules import RuleBroken
from nobat.visits.office_record import office_record
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.journal_lines import lines_about
from nobat.web.association.objections import objections_of
from nobat.web.citizen.account_fields import TypedField

_DECIDE = {"accept": accept_objection, "refuse": refuse_objection}
_DONE = {
    "accept": "اعتراض پذیرفته شد. محرومیت پایان یافت و پیامکش می‌رود.",
    "refuse": "اعتراض پذیرفته نشد. شهروند پاسخ شما را در «نوبت‌های من» می‌خواند.",
}


class AnswerForm(forms.Form):
    answer = TypedField(
        label="پاسخ به شهروند",
        help_text="همین نوشته را می‌خواند. در یک یا دو جمله بنویسید چرا.",
        missing=NoAnswer.message,
        max_length=LONGEST,
        widget=forms.Textarea,
        attrs={"rows": 3},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def objection(request: AssociationRequest, objection_id: int) -> HttpResponse:
    asked = get_object_or_404(objections_of(request.member), pk=objection_id)
    if request.method == "POST":
        return _decide(request, asked)
    record(
        Act.DETAILS_SEEN,
        asked.suspension.cause,
        by=request.user,
        at=timezone.now(),
        page="objection",
    )
    return _page(request, asked, AnswerForm(), 200)


def _decide(request: AssociationRequest, asked: Objection) -> HttpResponse:
    decision = request.POST.get("decision", "")
    if decision not in _DECIDE:
        raise BadRequest
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form, NoAnswer.status)
    try:
        answer = form.cleaned_data["answer"]
        _DECIDE[decision](objection=asked, by=request.user, answer=answer)
    except NoAnswer as refusal:
        form.add_error("answer", refusal.message)
        return _page(request, asked, form, refusal.status)
    except RuleBroken as refusal:
        # Somebody was faster: the page shows what they decided.
        messages.warning(request, refusal.message)
        return redirect("association:objection", asked.pk)
    messages.success(request, _DONE[decision])
    return redirect("association:objections")


def _page(
    request: AssociationRequest, asked: Objection, form: AnswerForm, status: int
) -> HttpResponse:
    turn = asked.suspension.cause
    context = {
        "here": "objections",
        "objection": asked,
        "week": asked.suspension,
        "turn": turn,
        "identity": masked_identity(turn.citizen),
        "day": office_record(turn.office, turn.day),
        "lines": lines_about(turn),
        "form": form,
    }
    return render(request, "association/objection.html", context, status=status)
