"""Page: a day of the calendar is no holiday this year, after a look at what comes back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.schedule.decide_holiday import NoSuchHoliday, refuse_decided_by_time
from nobat.schedule.decide_holiday import remove_holiday as remove
from nobat.schedule.models import Holiday
from nobat.shared.jalali import full_day, long_day
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.holiday_preview import holiday_preview
from nobat.web.association.holidays import page_of_year
from nobat.web.association.sure_form import SureForm


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def remove_holiday(request: AssociationRequest, holiday_id: int) -> HttpResponse:
    holiday = Holiday.objects.filter(pk=holiday_id).first()
    if holiday is None:
        raise NoSuchHoliday
    try:
        refuse_decided_by_time(holiday.day, timezone.now())
        if request.method != "POST":
            return _preview(request, holiday, SureForm())
        sure = SureForm(request.POST)
        if not sure.is_shown_by(request):
            return _preview(request, holiday, sure)
        remove(holiday_id=holiday.pk, by=request.user)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
        return redirect(page_of_year(holiday.day))
    messages.success(request, f"{long_day(holiday.day)} دیگر تعطیل نیست: {holiday.title}.")
    return redirect(page_of_year(holiday.day))


def _preview(request: AssociationRequest, holiday: Holiday, sure: SureForm) -> HttpResponse:
    return holiday_preview(
        request,
        sure=sure,
        back=holiday.day,
        heading=f"برداشتن تعطیلی {full_day(holiday.day)}",
        lead=holiday.title,
        button="تعطیلی را بردار",
    )
