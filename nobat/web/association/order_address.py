"""An order of closure as the address of its preview: codes and days, nothing personal."""

from datetime import date, time
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import Http404, QueryDict
from django.urls import reverse

from nobat.offices.association import provinces_of
from nobat.offices.models import County, Office
from nobat.schedule.models import ClosureOrder
from nobat.shared.persian import clean
from nobat.web.access import AssociationRequest

_LISTS = ("provinces", "counties", "offices", "but_counties", "but_offices")
_HOURS = ("from_hour", "until_hour")
LONGEST_REASON, LONGEST_LETTER = 120, 60


def preview_address(asked: dict[str, Any]) -> str:
    """Of the page that shows what an order of this form would do."""
    query = {name: ",".join(asked.get(name) or []) for name in _LISTS}
    query |= {"all": "1" if asked.get("is_nationwide") else ""}
    query |= {"exempt": "1" if asked.get("spares_exempt") else ""}
    query |= {name: f"{asked[name]:%H:%M}" if asked.get(name) else "" for name in _HOURS}
    query |= {name: asked[name].isoformat() for name in ("first_day", "last_day")}
    query |= {"stays": str(asked.get("stays") or ""), "reason": asked["reason"]}
    query |= {"letter": asked.get("letter") or ""}
    given = {name: value for name, value in query.items() if value}
    return f"{reverse('association:closure_preview')}?{urlencode(given)}"


def asked_order(request: AssociationRequest) -> ClosureOrder:
    """What the address asks for, not saved. Nonsense, or what lies in the province of
    somebody else, is not found."""
    try:
        order = _read(request.GET)
    except ValueError:
        raise Http404 from None
    order.key = uuid4()
    order.decided_by = request.user
    refuse_what_is_not_theirs(request, order)
    return order


def refuse_what_is_not_theirs(request: AssociationRequest, order: ClosureOrder) -> None:
    """An officer of a province gives, and sees, orders that name nothing outside of it."""
    if not request.member.province_id:
        return
    own = set(provinces_of(request.member).values_list("pk", flat=True))
    named = set(order.provinces)
    counties = County.objects.filter(code__in=order.counties)
    named |= set(counties.values_list("province", flat=True))
    offices = Office.objects.filter(code__in=order.offices)
    named |= set(offices.values_list("county__province", flat=True))
    if order.is_nationwide or named - own:
        raise Http404


def _read(query: QueryDict) -> ClosureOrder:
    lists = {name: [code for code in query.get(name, "").split(",") if code] for name in _LISTS}
    if not all(code.isascii() and code.isalnum() for codes in lists.values() for code in codes):
        raise ValueError
    hours = {name: _hour(query.get(name, "")) for name in _HOURS}
    stays = int(query.get("stays") or 0)
    if not 0 <= stays < 100:
        raise ValueError
    return ClosureOrder(
        **lists,
        **hours,
        is_nationwide=query.get("all") == "1",
        spares_exempt=query.get("exempt") == "1",
        first_day=date.fromisoformat(query.get("first_day", "")),
        last_day=date.fromisoformat(query.get("last_day", "")),
        stays=stays,
        reason=clean(query.get("reason", ""))[:LONGEST_REASON],
        letter=clean(query.get("letter", ""))[:LONGEST_LETTER],
    )


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
