"""Check-ins that the desk's page kept while it had no network; read by its script."""

import base64
from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from nobat.appointments.receipt import MOST_DIGITS
from nobat.appointments.receipt_keys import public_keys
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import try_again
from nobat.visits.check_in_later import WrongMoment
from nobat.visits.check_in_later import check_in_later as check_them_in_later
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.refusals import title_and_rest


@require_POST
@clerk_only
def check_in_later(request: OfficeRequest) -> HttpResponse:
    """One of them; the script forgets it only when it is answered.

    403 and a redirect both mean to it: sign in again, and keep what is not sent.
    """
    if request.POST.get("office") != request.office.code:
        raise PermissionDenied  # another office was chosen meanwhile, in another tab
    try:
        scan = partial(
            check_them_in_later,
            office=request.office,
            receipt=request.POST.get("receipt", "")[: MOST_DIGITS + 1],
            arrived_at=_moment(request.POST.get("at", "")),
            by=request.user,
        )
        visit = try_again(scan)
    except RuleBroken as refusal:
        title, why = title_and_rest(refusal.message)
        answer = {"ok": False, "title": title, "why": why}
        return JsonResponse(answer, status=refusal.status)
    return JsonResponse({"ok": True, "number": visit.number})


def without_network() -> dict[str, object]:
    """What a page needs to go on alone: with what it checks receipts, and the right time."""
    keys = [base64.b64encode(key).decode() for key in public_keys()]
    return {"receipt_keys": " ".join(keys), "page_made_at": timezone.now()}


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        raise WrongMoment from None
    if moment is None or timezone.is_naive(moment):
        raise WrongMoment
    return moment
