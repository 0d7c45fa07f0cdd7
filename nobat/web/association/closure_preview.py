"""Page: what an order would do; gives it, once the code was shown again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments import policy
from nobat.appointments.close import LookAgain
from nobat.appointments.displace import what_is_told
from nobat.appointments.propose import held_until
from nobat.orders.give import give_order, refuse_impossible_order
from nobat.orders.preview import Preview, preview_of
from nobat.schedule.models import ClosureOrder
from nobat.schedule.nearest_free import nearest_free
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.sms.models import Kind
from nobat.sms.texts import parts, text_of
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.association.order_address import asked_order
from nobat.web.association.order_words import how_much, when, where
from nobat.web.refusals import title_and_rest

SMS_A_SECOND = 80  # 10,000 in two minutes


class GiveForm(CodeAgainForm):
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def closure_preview(request: AssociationRequest) -> HttpResponse:
    order = asked_order(request)
    if request.method != "POST":
        return _page(request, order)
    form = GiveForm(request.POST)
    key = _known_key(form)
    if key:  # pressed twice: the code is used up, and what was wanted has been done
        return redirect("association:closure", key.pk)
    if not form.is_shown_by(request):
        return _page(request, order, form)
    order.key = form.cleaned_data["key"]
    try:
        given = give_order(order=order, seen=form.cleaned_data["seen"])
    except LookAgain as refusal:
        return _page(request, order, refusal=refusal)
    return redirect("association:closure", given.pk)


def _known_key(form: GiveForm) -> ClosureOrder | None:
    form.is_valid()
    key: UUID | None = form.cleaned_data.get("key")
    return ClosureOrder.objects.filter(key=key).first() if key else None


def _page(
    request: AssociationRequest,
    order: ClosureOrder,
    form: GiveForm | None = None,
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    now = timezone.now()
    refuse_impossible_order(order, now)
    preview = preview_of(order, now)
    kept = {"key": form["key"].value() if form else order.key, "seen": str(preview.seen)}
    context: dict[str, Any] = {
        "here": "closures",
        "order": order,
        "where": where(order),
        "when": when(order),
        "how_much": how_much(order),
        "preview": preview,
        "form": form or GiveForm(),
        "kept": kept,
        "minutes": max(1, round(preview.seen.appointments / SMS_A_SECOND / 60)),
        **_sms(order, preview),
    }
    if refusal:
        context["title"], context["why"] = title_and_rest(refusal.message)
    status = refusal.status if refusal else _status(form)
    return render(request, "association/closure_preview.html", context, status=status)


def _status(form: GiveForm | None) -> int:
    if form is None:
        return 200
    return form.refusal.status if hasattr(form, "refusal") else 422


def _sms(order: ClosureOrder, preview: Preview) -> dict[str, Any]:
    """What the first to be told would hear, as far as it can be known before."""
    appointment = preview.example
    if appointment is None:
        return {}
    told = what_is_told(appointment, appointment.office) | _likely(order, preview)
    text = text_of(Kind.OFFICE_CLOSED, told)
    return {"sms": text, "sms_letters": len(text), "sms_parts": parts(text)}


def _likely(order: ClosureOrder, preview: Preview) -> dict[str, object]:
    """The nearest free hour of the same office after the closure, held by nobody yet."""
    appointment, now = preview.example, preview.seen.at
    first, last = policy.bookable_days(tehran_day(now))
    first = max(first, order.last_day + timedelta(days=1))
    if appointment is None:
        return {}
    turns = len(appointment.slot_ids)
    wanted = appointment.starts_at
    found = nearest_free(
        appointment.office, wanted=wanted, turns=turns, first=first, last=last, count=1
    )
    if not found:
        return {}
    until = held_until(found[0].starts_at, now)
    return {"proposed_at": found[0].starts_at.isoformat(), "answer_until": until.isoformat()}
