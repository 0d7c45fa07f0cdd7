"""Page: days on which the office recorded nobody, and its answer to each."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.shared.jalali import long_day
from nobat.shared.rules import RuleBroken
from nobat.visits.answer import answer_day
from nobat.visits.models import Answer
from nobat.visits.unanswered_days import unanswered_days as waiting_days
from nobat.web.access import OfficeRequest, manager_only

WHAT_FOLLOWS = {
    Answer.NOT_RECORDED: "هیچ‌کس جریمه نمی‌شود. از این پس هر کس آمد، همان وقت ثبتش کنید.",
    Answer.WAS_CLOSED: "هیچ‌کس جریمه نمی‌شود. بسته بودن را دفعهٔ بعد پیش از آن روز ثبت کنید.",
    Answer.NOBODY_CAME: (
        "برای همهٔ این نوبت‌ها نیامدن ثبت می‌شود. صاحبانشان چند روز نوبت اینترنتی نمی‌گیرند و "
        "پیامکش می‌رود."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def unanswered_days(request: OfficeRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer(request)
    context = {
        "here": "desk",
        "days": waiting_days(timezone.now(), request.office),
        "answers": [(answer, answer.label, words) for answer, words in WHAT_FOLLOWS.items()],
        "policy": policy,
    }
    return render(request, "office/unanswered_days.html", context)


def _ask_first(request: OfficeRequest, day: date) -> HttpResponse:
    """It gives people a week without booking, and cannot be taken back: first by name."""
    missed = Appointment.objects.filter(office=request.office, day=day, status=Status.BOOKED)
    context = {
        "here": "desk",
        "day": day,
        "missed": missed.select_related("citizen", "service").order_by("starts_at", "pk"),
        "rules": policy.rules_on(day),
    }
    return render(request, "office/unanswered_sure.html", context)


def _answer(request: OfficeRequest) -> HttpResponse:
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        answer = Answer(request.POST.get("answer", ""))
    except ValueError:
        raise BadRequest from None
    if answer == Answer.NOBODY_CAME and "sure" not in request.POST:
        return _ask_first(request, day)
    try:
        answer_day(office=request.office, day=day, answer=answer, by=request.user)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(
            request, f"پاسخ {long_day(day)} ثبت شد: {answer.label}. تا چند دقیقهٔ دیگر اجرا می‌شود."
        )
    return redirect("office:unanswered_days")
