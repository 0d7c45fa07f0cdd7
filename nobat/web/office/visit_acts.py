"""One press each at the counter: call, next, done, back to the queue, wrong check-in."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.visits.call import call_next, call_visit, wait_again
from nobat.visits.check_in import undo_check_in
from nobat.visits.finish import finish_visit
from nobat.visits.models import VisitState
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.fragment import wants_part
from nobat.web.office.desk import back_to_desk
from nobat.web.office.visit import visit_of_today


@require_POST
@clerk_only
def next_visit(request: OfficeRequest) -> HttpResponse:
    """The one whom the page named as next, so that pressing twice does not call two."""
    named = request.POST.get("number", "")
    if named.isascii() and named.isdigit():
        return _act(request, int(named[:5]), call_visit, "نفر بعد: شمارهٔ {}.")
    try:
        visit = call_next(office=request.office, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"نفر بعد: شمارهٔ {fa_digits(visit.number)}.")


@require_POST
@clerk_only
def call(request: OfficeRequest, number: int) -> HttpResponse:
    return _act(request, number, call_visit, "شمارهٔ {} صدا زده شد.")


@require_POST
@clerk_only
def served(request: OfficeRequest, number: int) -> HttpResponse:
    finish = partial(finish_visit, outcome=VisitState.SERVED)
    return _act(request, number, finish, "کار شمارهٔ {} انجام شد.")


@require_POST
@clerk_only
def back_in_queue(request: OfficeRequest, number: int) -> HttpResponse:
    return _act(request, number, wait_again, "شمارهٔ {} دوباره در صف است.")


@require_POST
@clerk_only
def undo(request: OfficeRequest, number: int) -> HttpResponse:
    return _act(request, number, undo_check_in, "پذیرش شمارهٔ {} برگشت و نوبت در انتظار است.")


def _act(request: OfficeRequest, number: int, act: Callable[..., None], says: str) -> HttpResponse:
    visit = visit_of_today(request, number)
    try:
        act(visit=visit, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, says.format(fa_digits(number)))


def _say(request: OfficeRequest, what: str) -> HttpResponse:
    if not wants_part(request):
        messages.info(request, what)
    return back_to_desk(request, what)
