"""Page: the subjects that this office gives turns for."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Appointment
from nobat.offices.models import Office
from nobat.offices.places import subjects
from nobat.offices.services import set_services
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.web.access import OfficeRequest, manager_only


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def services(request: OfficeRequest) -> HttpResponse:
    offered = set(request.office.services.values_list("code", flat=True))
    standing = _standing(request.office)
    if request.method != "POST":
        return _page(request, offered, standing)
    wanted = set(request.POST.getlist("service"))
    try:
        set_services(office=request.office, services=wanted, by=request.user)
    except RuleBroken as refusal:
        return _page(request, wanted, standing, refusal)
    keep = sum(number for code, number in standing.items() if code in offered - wanted)
    messages.success(request, "خدمت‌های دفتر ثبت شد." + _kept(keep))
    return redirect("office:services")


def _standing(office: Office) -> Counter[str]:
    """How many have an appointment to come, by service."""
    coming = Appointment.objects.upcoming(timezone.now()).filter(office=office)
    return Counter(coming.values_list("service__code", flat=True))


def _kept(number: int) -> str:
    if not number:
        return ""
    return f" {fa_digits(number)} نوبتِ خدمت‌های برداشته سر جای خود می‌ماند."


def _page(
    request: OfficeRequest,
    chosen: set[str],
    standing: Counter[str],
    refusal: RuleBroken | None = None,
) -> HttpResponse:
    heads: list[dict[str, Any]] = [
        {
            "title": head.head,
            "services": [
                {
                    "code": each.code,
                    "title": each.name,
                    "is_chosen": each.code in chosen,
                    "standing": standing[each.code],
                }
                for each in head.subjects
            ],
        }
        for head in subjects()
    ]
    context = {
        "here": "services",
        "heads": heads,
        "refusal": refusal.message if refusal else "",
    }
    status = refusal.status if refusal else 200
    return render(request, "office/services.html", context, status=status)
