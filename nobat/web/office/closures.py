"""Page: the closures to come; closing a day or hours of it, after a look at who is affected."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nobat.appointments.close import (
    Affected,
    LookAgain,
    affected_by,
    close_office,
    finish_closing,
    standing_in,
)
from nobat.appointments.displace import what_is_told
from nobat.appointments.receipt_words import masked_identity
from nobat.schedule.closures import END_OF_DAY, HoursTurnedRound, refuse_impossible, reopen
from nobat.schedule.models import Closure
from nobat.shared.jalali import hour, long_day, tehran_day
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.sms.models import Kind
from nobat.sms.texts import parts, text_of
from nobat.web.access import OfficeRequest, manager_only
from nobat.web.office.closure_form import ClosureForm
from nobat.web.refusals import title_and_rest

_MISTAKE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def closures(request: OfficeRequest) -> HttpResponse:
    today = tehran_day(timezone.now())
    if request.method != "POST" or request.POST.get("step") == "edit":
        form = ClosureForm(initial=request.POST.dict(), today=today)
        return _page(request, form)
    form = ClosureForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, form, status=_MISTAKE)
    try:
        if request.POST.get("step") == "close":
            return _close(request, form)
        return _preview(request, form)
    except RuleBroken as refusal:
        at = "until_hour" if isinstance(refusal, HoursTurnedRound) else None
        form.add_error(at, refusal.message)
        return _page(request, form, status=refusal.status)


@require_POST
@manager_only
def reopen_closure(request: OfficeRequest, closure_id: int) -> HttpResponse:
    closure = reopen(office=request.office, closure_id=closure_id, by=request.user)
    messages.success(request, f"{when_in_words(closure)} باز شد و وقت‌هایش دوباره داده می‌شود.")
    return redirect("office:closures")


@require_POST
@manager_only
def finish_closure(request: OfficeRequest, closure_id: int) -> HttpResponse:
    """What a break in the network left: some still have an appointment in closed hours."""
    closure = Closure.objects.filter(office=request.office, pk=closure_id).first()
    if closure is None:
        raise Http404
    closure.office = request.office
    displaced = finish_closing(closure=closure, by=request.user)
    messages.success(request, f"{when_in_words(closure)}: {_told(displaced)}")
    return redirect("office:closures")


def when_in_words(closure: Closure) -> str:
    """«یکشنبه ۸ آذر، ساعت ۱۲:۰۰ تا ۱۶:۰۰»"""
    if closure.from_hour is None or closure.until_hour is None:
        return f"{long_day(closure.day)}، همهٔ روز"
    begins = fa_digits(f"{closure.from_hour:%H:%M}")
    if closure.until_hour == END_OF_DAY:
        return f"{long_day(closure.day)}، از ساعت {begins} تا پایان روز"
    return f"{long_day(closure.day)}، ساعت {begins} تا {fa_digits(f'{closure.until_hour:%H:%M}')}"


def _page(request: OfficeRequest, form: ClosureForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    coming = Closure.objects.filter(office=request.office, day__gte=tehran_day(now))
    shown = [
        {"closure": each, "when": when_in_words(each), "standing": standing_in(each).count()}
        for each in coming.select_related("office").order_by("day", "from_hour")
        if each.span[1] > now
    ]
    context = {"here": "closures", "form": form, "closures": shown}
    return render(request, "office/closures.html", context, status=status)


def _preview(
    request: OfficeRequest, form: ClosureForm, refusal: LookAgain | None = None
) -> HttpResponse:
    closure = form.closure(request.office)
    now = timezone.now()
    refuse_impossible(closure, now)
    affected = _affected_by(closure)
    context = {
        "here": "closures",
        "form": form,
        "closure": closure,
        "when": when_in_words(closure),
        "version": affected.version,
        "lines": [_line(each) for each in affected.appointments],
        "is_today": closure.day == tehran_day(now),
        "has_past": any(each.starts_at <= now for each in affected.appointments),
    } | _sms(closure, affected)
    if refusal:
        context["title"], context["why"] = title_and_rest(refusal.message)
    status = refusal.status if refusal else 200
    return render(request, "office/closure_preview.html", context, status=status)


def _close(request: OfficeRequest, form: ClosureForm) -> HttpResponse:
    closure = form.closure(request.office)
    try:
        closed = close_office(
            office=request.office,
            day=closure.day,
            from_hour=closure.from_hour,
            until_hour=closure.until_hour,
            reason=closure.reason,
            by=request.user,
            seen=request.POST.get("seen", ""),
        )
    except LookAgain as refusal:
        return _preview(request, form, refusal)
    messages.success(request, f"{when_in_words(closure)} بسته شد. {_told(closed.displaced)}")
    return redirect("office:closures")


def _affected_by(closure: Closure) -> Affected:
    return affected_by(
        office=closure.office,
        day=closure.day,
        from_hour=closure.from_hour,
        until_hour=closure.until_hour,
    )


def _line(appointment: Any) -> dict[str, Any]:
    begins, ends = hour(appointment.starts_at), hour(appointment.ends_at)
    return {
        "hour": f"{begins} تا {ends}" if appointment.second_slot_id else begins,
        "name": appointment.citizen.full_name,
        "identity": masked_identity(appointment.citizen),
        "service": appointment.service.title,
    }


def _sms(closure: Closure, affected: Affected) -> dict[str, Any]:
    """What the first of them will hear; the others hear the same of their own hour."""
    if not affected.appointments:
        return {}
    told = what_is_told(affected.appointments[0], closure.office)
    text = text_of(Kind.OFFICE_CLOSED, told)
    return {"sms": text, "sms_letters": len(text), "sms_parts": parts(text)}


def _told(displaced: int) -> str:
    if not displaced:
        return "نوبتی در این زمان نمانده است."
    return (
        f"{fa_digits(displaced)} نوبت بدون جریمه کنار رفت و به هر نفر پیامک می‌رود تا ساعت "
        "دیگری بگیرد."
    )
