"""One press each at the counter: call, next, done, back to the queue, wrong check-in."""

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
    try:
        visit = call_next(office=request.office, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"نفر بعد: شمارهٔ {fa_digits(visit.number)}.")


@require_POST
@clerk_only
def call(request: OfficeRequest, number: int) -> HttpResponse:
    visit = visit_of_today(request, number)
    try:
        call_visit(visit=visit, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"شمارهٔ {fa_digits(number)} صدا زده شد.")


@require_POST
@clerk_only
def served(request: OfficeRequest, number: int) -> HttpResponse:
    visit = visit_of_today(request, number)
    try:
        finish_visit(visit=visit, outcome=VisitState.SERVED, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"کار شمارهٔ {fa_digits(number)} انجام شد.")


@require_POST
@clerk_only
def back_in_queue(request: OfficeRequest, number: int) -> HttpResponse:
    visit = visit_of_today(request, number)
    try:
        wait_again(visit=visit, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"شمارهٔ {fa_digits(number)} دوباره در صف است.")


@require_POST
@clerk_only
def undo(request: OfficeRequest, number: int) -> HttpResponse:
    visit = visit_of_today(request, number)
    try:
        undo_check_in(visit=visit, by=request.user)
    except RuleBroken as refusal:
        return _say(request, refusal.message)
    return _say(request, f"پذیرش شمارهٔ {fa_digits(number)} برگشت و نوبت در انتظار است.")


def _say(request: OfficeRequest, what: str) -> HttpResponse:
    if not wants_part(request):
        messages.info(request, what)
    return back_to_desk(request, what)
