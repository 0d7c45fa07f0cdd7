"""Pages: the office's day for printing, also tomorrow's, and as a PDF."""

from datetime import date, datetime, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.shared.jalali import tehran_day
from nobat.visits.day_sheet import day_sheet as sheet_of
from nobat.visits.day_sheet_pdf import day_sheet_pdf as pdf_of
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.download import download

DAYS_AHEAD = 7


@require_safe
@clerk_only
def day_sheet(request: OfficeRequest) -> HttpResponse:
    now = timezone.now()
    today, *days_ahead = _days(now)
    day = _asked_day(request, now)
    context = {
        "here": "desk",
        "sheet": sheet_of(request.office, day, now),
        "day": day,
        "today": today,
        "tomorrow": days_ahead[0],
        "later": days_ahead[1:],
    }
    return render(request, "office/day_sheet.html", context)


@require_safe
@clerk_only
def day_sheet_pdf(request: OfficeRequest) -> HttpResponse:
    now = timezone.now()
    day = _asked_day(request, now)
    pdf = pdf_of(sheet_of(request.office, day, now))
    name = f"nobat-{request.office.code}-{day.isoformat()}.pdf"
    return download(pdf, content_type="application/pdf", name=name)


def _days(now: datetime) -> list[date]:
    return [tehran_day(now) + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]


def _asked_day(request: OfficeRequest, now: datetime) -> date:
    """Today, unless the address says otherwise; no sheet is better than one of a wrong day."""
    asked, days = request.GET.get("day", "today"), _days(now)
    named = {"today": days[0], "tomorrow": days[1]} | {day.isoformat(): day for day in days}
    if asked not in named:
        raise Http404
    return named[asked]
