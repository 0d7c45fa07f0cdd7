"""Pages: the receipt, as a page for printing, as a PDF, and as a calendar entry."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from nobat.appointments.calendar_entry import calendar_entry as entry_of
from nobat.appointments.models import Appointment
from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_pdf import receipt_pdf as pdf_of
from nobat.appointments.receipt_qr import qr_svg
from nobat.appointments.receipt_words import receipt_words
from nobat.people.models import Person
from nobat.web.access import citizen_only
from nobat.web.citizen.own_appointment import own_appointment
from nobat.web.download import download


@require_safe
@citizen_only
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    appointment = _own(request, reference)
    context = {"here": "mine", "appointment": appointment} | receipt_context(appointment)
    return render(request, "citizen/receipt.html", context)


@require_safe
@citizen_only
def receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    pdf = pdf_of(_own(request, reference))
    return download(pdf, content_type="application/pdf", name=f"nobat-{reference}.pdf")


@require_safe
@citizen_only
def calendar_entry(request: HttpRequest, reference: str) -> HttpResponse:
    entry = entry_of(_own(request, reference))
    name = f"nobat-{reference}.ics"
    return download(entry, content_type="text/calendar; charset=utf-8", name=name)


def receipt_context(appointment: Appointment) -> dict[str, Any]:
    """What the receipt's part of a page needs. Raises NoReceipt unless it stands."""
    drawing = qr_svg(receipt_text(appointment))
    return {
        "receipt": receipt_words(appointment),
        "qr": mark_safe(drawing),  # noqa: S308 (drawn by us from digits alone)
    }


def _own(request: HttpRequest, reference: str) -> Appointment:
    citizen: Person = request.user  # type: ignore[assignment]
    return own_appointment(citizen, reference)
