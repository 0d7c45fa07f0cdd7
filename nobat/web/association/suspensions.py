"""Pages: the weeks without booking that run, and one of them to be ended with a reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.end_suspension import NoReason, end_suspension
from nobat.appointments.excuse import LONGEST_REASON
from nobat.appointments.models import Suspension
from nobat.appointments.receipt_words import masked_identity
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.association.journal_lines import lines_about
from nobat.web.association.suspension_search import (
    SearchForm,
    running_of,
    running_with,
    suspensions_of,
)
from nobat.web.citizen.account_fields import TypedField

PER_PAGE = 25
_MISTAKE = 422


class ReasonForm(CodeAgainForm):
    field_order = ("reason", "code")
    reason = TypedField(
        label="دلیل",
        help_text="شهروند آن را کنار نوبتش می‌خواند. مثلاً: آن روز خیابان دفتر بسته بود.",
        missing=NoReason.message,
        max_length=LONGEST_REASON,
        attrs={"autocomplete": "off"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def suspensions(request: AssociationRequest) -> HttpResponse:
    form = SearchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _found(request, form)
    page = Paginator(running_of(request.member), PER_PAGE).get_page(request.GET.get("page"))
    context = {"here": "suspensions", "form": form, "weeks": page.object_list, "page": page}
    status = _MISTAKE if form.errors else 200
    return render(request, "association/suspensions.html", context, status=status)


def _found(request: AssociationRequest, form: SearchForm) -> HttpResponse:
    """Whose details were looked for is on record; the number itself is not."""
    weeks = list(running_with(request.member, form.cleaned_data["sought"])[:PER_PAGE])
    now = timezone.now()
    for week in weeks:
        record(Act.DETAILS_SEEN, week.cause, by=request.user, at=now, page="suspensions")
    context = {"here": "suspensions", "form": form, "weeks": weeks, "is_search": True}
    return render(request, "association/suspensions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def suspension(request: AssociationRequest, suspension_id: int) -> HttpResponse:
    week = get_object_or_404(suspensions_of(request.member), pk=suspension_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_shown_by(request):
        return _end(request, week, form)
    if request.method != "POST":
        now = timezone.now()
        record(Act.DETAILS_SEEN, week.cause, by=request.user, at=now, page="suspension")
    refusal = getattr(form, "refusal", None)
    status = refusal.status if refusal else _MISTAKE if form.errors else 200
    return _page(request, week, form, status)


def _end(request: AssociationRequest, week: Suspension, form: ReasonForm) -> HttpResponse:
    try:
        end_suspension(suspension=week, reason=form.cleaned_data["reason"], by=request.user)
    except NoReason as refusal:
        form.add_error("reason", refusal.message)
        return _page(request, week, form, refusal.status)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "محرومیت پایان یافت و پیامکش می‌رود.")
    return redirect("association:suspensions")


def _page(
    request: AssociationRequest, week: Suspension, form: ReasonForm, status: int
) -> HttpResponse:
    context = {
        "here": "suspensions",
        "week": week,
        "is_running": week.ended_at is None and week.until > timezone.now(),
        "turn": week.cause,
        "identity": masked_identity(week.citizen),
        "lines": lines_about(week.cause),
        "form": form,
    }
    return render(request, "association/suspension.html", context, status=status)
