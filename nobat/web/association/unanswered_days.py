"""Pages: days on which offices recorded nobody, and what the association says of one."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.offices.association import offices_of
from nobat.shared.jalali import long_day
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.visits.answer import answer_day
from nobat.visits.models import Answer, OfficeDay
from nobat.visits.unanswered_days import unanswered_days as waiting_days
from nobat.web.access import AssociationRequest, association_only

# The office says of itself «باز بودیم»; here it is said of the office.
WAS_OPEN = "دفتر باز بود و کسی نیامد"
WHAT_FOLLOWS = {
    Answer.NOT_RECORDED: "هیچ‌کس جریمه نمی‌شود. دفتر باید از این پس آمدن مردم را ثبت کند.",
    Answer.WAS_CLOSED: "هیچ‌کس جریمه نمی‌شود و به همه گفته می‌شود که دفتر بسته بود.",
    Answer.NOBODY_CAME: (
        "برای همهٔ این نوبت‌ها نیامدن ثبت می‌شود. صاحبانشان {days} روز نوبت اینترنتی نمی‌گیرند و "
        "پیامکش می‌رود."
    ),
}


@require_safe
@association_only
def unanswered_days(request: AssociationRequest) -> HttpResponse:
    theirs = waiting_days(timezone.now()).filter(office__in=offices_of(request.member))
    context = {
        "here": "unanswered_days",
        "days": theirs.order_by("office__code", "day"),
        "policy": policy,
    }
    return render(request, "association/unanswered_days.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def unanswered_day(request: AssociationRequest, office_day_id: int) -> HttpResponse:
    asked = OfficeDay.objects.exclude(questioned_at=None).select_related("office__county")
    theirs = asked.filter(office__in=offices_of(request.member))
    asked_day = get_object_or_404(theirs, pk=office_day_id)
    return _answer(request, asked_day) if request.method == "POST" else _page(request, asked_day)


def _answer(request: AssociationRequest, asked: OfficeDay) -> HttpResponse:
    try:
        answer = Answer(request.POST.get("answer", ""))
    except ValueError:
        raise BadRequest from None
    if answer == Answer.NOBODY_CAME and "sure" not in request.POST:
        return _page(request, asked, is_last_question=True)
    try:
        answer_day(office=asked.office, day=asked.day, answer=answer, by=request.user)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(
            request,
            f"پاسخ {long_day(asked.day)} برای {asked.office.title} ثبت شد: {_said(answer)}. تا چند "
            "دقیقهٔ دیگر اجرا می‌شود.",
        )
    return redirect("association:unanswered_days")


def _page(
    request: AssociationRequest, asked: OfficeDay, *, is_last_question: bool = False
) -> HttpResponse:
    missed = Appointment.objects.filter(office=asked.office, day=asked.day, status=Status.BOOKED)
    waiting = waiting_days(timezone.now(), asked.office)
    rules = policy.rules_on(asked.day)
    days = fa_digits(rules.week_without_booking.days)
    context = {
        "here": "unanswered_days",
        "asked": asked,
        "is_waiting": waiting.filter(pk=asked.pk).exists(),
        "missed": missed.select_related("service").order_by("starts_at", "pk"),
        "answers": [
            (answer, _said(answer), words.format(days=days))
            for answer, words in WHAT_FOLLOWS.items()
        ],
        "is_last_question": is_last_question,
        "rules": rules,
    }
    return render(request, "association/unanswered_day.html", context)


def _said(answer: Answer) -> str:
    return WAS_OPEN if answer == Answer.NOBODY_CAME else str(answer.label)
