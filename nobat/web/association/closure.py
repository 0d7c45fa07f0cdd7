"""Page: one order: how far it has come, what became of whom, and lifting it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from nobat.offices.association import offices_of
from nobat.orders.lift import lift_order
from nobat.orders.outcomes import outcomes_of, progress_of, told_by_office
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import ClosureOrder
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.closures import orders_of
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.association.order_address import refuse_what_is_not_theirs
from nobat.web.association.order_words import how_much, when, where
from nobat.web.fragment import render_page_or_part

OFFICES_SHOWN = 50


@require_safe
@association_only
def closure(request: AssociationRequest, order_id: int) -> HttpResponse:
    order = _order(request, order_id)
    offices = offices_of(request.member)
    by_office = told_by_office(order).filter(lost_office__in=offices)
    context = {
        "here": "closures",
        "order": order,
        "is_running": order.state == OrderState.RUNNING,
        "is_liftable": _is_liftable(request, order),
        "where": where(order),
        "when": when(order),
        "how_much": how_much(order),
        "progress": progress_of(order),
        "outcomes": outcomes_of(order, offices),
        "by_office": by_office[:OFFICES_SHOWN],
        "offices": by_office.count(),
    }
    return render_page_or_part(
        request,
        page="association/closure.html",
        part="association/_closure_outcomes.html",
        context=context,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def lift_closure(request: AssociationRequest, order_id: int) -> HttpResponse:
    order = _order(request, order_id)
    refuse_what_is_not_theirs(request, order)
    form = CodeAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_shown_by(request):
        try:
            lift_order(order=order, by=request.user)
        except RuleBroken as refusal:
            messages.warning(request, refusal.message)
        else:
            messages.success(request, "تعطیلی برداشته شد و جاهای آزاد دوباره داده می‌شود.")
        return redirect("association:closure", order.pk)
    context = {
        "here": "closures",
        "order": order,
        "where": where(order),
        "when": when(order),
        "progress": progress_of(order),
        "form": form,
    }
    status = getattr(form, "refusal", None)
    code = status.status if status else 422 if form.errors else 200
    return render(request, "association/lift_closure.html", context, status=code)


def _order(request: AssociationRequest, order_id: int) -> ClosureOrder:
    order = orders_of(request).select_related("decided_by", "lifted_by").filter(pk=order_id)
    found: ClosureOrder | None = order.distinct().first()
    if found is None:
        raise Http404
    return found


def _is_liftable(request: AssociationRequest, order: ClosureOrder) -> bool:
    if order.state == OrderState.LIFTED or order.last_day < tehran_day(timezone.now()):
        return False
    try:
        refuse_what_is_not_theirs(request, order)
    except Http404:
        return False
    return request.member.may_decide and not order.ends_office
