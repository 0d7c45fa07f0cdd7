"""Page: one office, with its details to change, its status, its hours and who works there."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.offices.association import offices_of
from nobat.offices.change_office import add_office as write_down_office
from nobat.offices.change_office import change_office
from nobat.offices.models import Office
from nobat.schedule.models import WeeklyHours
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.office_form import AddOfficeForm, OfficeForm, as_typed
from nobat.web.office.clerks import staff_of
from nobat.web.opening_hours import Week, opening_hours

_MISTAKE = 422
_HOURS_TO_COME = timedelta(days=60)  # a week that begins later is not of interest yet


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def office(request: AssociationRequest, code: str) -> HttpResponse:
    offices = offices_of(request.member).select_related("county__province")
    place = get_object_or_404(offices, code=code)
    if request.method != "POST":
        return _page(request, place, OfficeForm(initial=as_typed(place), member=request.member))
    form = OfficeForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, place, form)
    changed = change_office(office=place, values=form.values(), by=request.user)
    said = "مشخصات دفتر ثبت شد." if changed else "چیزی عوض نشده بود؛ همه همان است که بود."
    messages.success(request, said)
    return redirect("association:office", place.code)


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def add_office(request: AssociationRequest) -> HttpResponse:
    form = AddOfficeForm(request.POST or None, member=request.member)
    if form.is_valid():
        try:
            place = write_down_office(details=form.details(), by=request.user)
        except RuleBroken as refusal:
            form.add_error("code", refusal.message)
        else:
            messages.success(request, f"{place.title} افزوده شد. مدیرش ساعت‌ها را تعیین می‌کند.")
            return redirect("association:office", place.code)
    context = {"here": "offices", "form": form}
    status = _MISTAKE if form.errors else 200
    return render(request, "association/add_office.html", context, status=status)


def _page(request: AssociationRequest, place: Office, form: OfficeForm) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "offices",
        "office": place,
        "form": form,
        "hours": _hours(place),
        "staff": staff_of(place),
        "services": place.services.filter(is_bookable=True),
    }
    status = _MISTAKE if form.errors else 200
    return render(request, "association/office.html", context, status=status)


def _hours(place: Office) -> list[Week]:
    today = tehran_day(timezone.now())
    rows = list(WeeklyHours.objects.filter(office=place).order_by("weekday", "opens_at"))
    return opening_hours(rows, today=today, last=today + _HOURS_TO_COME)
