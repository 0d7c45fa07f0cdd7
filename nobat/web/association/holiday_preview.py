"""What the page of a day that becomes a holiday, or is none any more, shows before it does."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nobat.appointments.displace import what_is_told
from nobat.appointments.set_holiday import Outcome
from nobat.appointments.touched_by_holiday import Touched, standing_on, touched_by_holiday
from nobat.schedule.holiday_slots import room_on
from nobat.schedule.publish import days_ahead
from nobat.shared.persian import thousands
from nobat.shared.rules import RuleBroken
from nobat.sms.models import Kind
from nobat.sms.texts import parts, text_of
from nobat.web.access import AssociationRequest
from nobat.web.association.sure_form import SureForm
from nobat.web.refusals import title_and_rest


def holiday_preview(
    request: AssociationRequest,
    *,
    sure: SureForm,
    refusal: RuleBroken | None = None,
    shut: date | None = None,
    back: date | None = None,
    **words: Any,
) -> HttpResponse:
    """`shut` is the day that becomes a holiday, `back` the one that is none any more."""
    context: dict[str, Any] = {"here": "holidays", "sure": sure, "shut": shut, "back": back}
    if shut:
        context["touched"] = touched_by_holiday(shut)
        context |= _sms(shut)
    if back:
        context["room"] = room_on(back)
        context["is_published"] = back in days_ahead(timezone.now())
    if refusal:
        context["title"], context["why"] = title_and_rest(refusal.message)
    status = refusal.status if refusal else sure.status
    context |= words
    return render(request, "association/holiday_preview.html", context, status=status)


def looked_at(touched: Touched) -> SureForm:
    """A fresh lower half for what is shown now."""
    return SureForm(initial={"seen": touched.version})


def told(outcome: Outcome) -> str:
    """What has become of those who stood on the day, for the line above the next page."""
    if not outcome.displaced and not outcome.left:
        return "نوبتی در این روز نبود."
    done = (
        f"{thousands(outcome.displaced)} نوبت بدون جریمه کنار رفت و به هر نفر پیامک می‌رود."
        if outcome.displaced
        else ""
    )
    left = (
        f"{thousands(outcome.left)} نوبت دیگر در چند دقیقهٔ آینده خودبه‌خود کنار می‌رود."
        if outcome.left
        else ""
    )
    return " ".join(filter(None, (done, left)))


def _sms(day: date) -> dict[str, Any]:
    """What the first of them will hear; the others hear the same of their own hour."""
    first = standing_on(day).select_related("office").order_by("starts_at", "pk").first()
    if first is None:
        return {}
    text = text_of(Kind.OFFICE_CLOSED, what_is_told(first, first.office))
    return {"sms": text, "sms_letters": len(text), "sms_parts": parts(text)}
