"""Page: the orders of closure, those that run and are ahead first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.offices.association import offices_of
from nobat.orders.outcomes import progress_of
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import Closure, ClosureOrder
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import latin_digits
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.order_words import when, where

ON_A_PAGE = 20


@require_safe
@association_only
def closures(request: AssociationRequest) -> HttpResponse:
    orders = orders_of(request).select_related("decided_by").order_by("-decided_at", "-pk")
    page = Paginator(orders, ON_A_PAGE).get_page(latin_digits(request.GET.get("page", "")))
    context = {
        "here": "closures",
        "orders": [_line(order) for order in page],
        "today": tehran_day(timezone.now()),
        "page": page,
    }
    return render(request, "association/closures.html", context)


def orders_of(request: AssociationRequest) -> Any:
    """An officer of a province sees orders that closed something in it."""
    orders = ClosureOrder.objects.all()
    if not request.member.province_id:
        return orders
    theirs = Closure.objects.filter(office__in=offices_of(request.member), order__isnull=False)
    named = ClosureOrder.objects.filter(provinces__contains=[request.member.province_id])
    return orders.filter(pk__in=theirs.values("order")) | named


def _line(order: ClosureOrder) -> dict[str, Any]:
    is_running = order.state == OrderState.RUNNING
    return {
        "order": order,
        "where": where(order),
        "when": when(order),
        "progress": progress_of(order) if is_running else None,
    }
