"""Pages: whose receipt or code this is, held against the card, and checking them in."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Appointment
from nobat.appointments.receipt import Forged
from nobat.appointments.receipt_words import IDENTITIES, to_bring
from nobat.people.models import IdentityKind
from nobat.shared.persian import fa_digits
from nobat.shared.reference import is_reference
from nobat.shared.rules import RuleBroken
from nobat.shared.try_again import try_again
from nobat.visits.check_in import check_in as check_them_in
from nobat.visits.expected import LONGEST_NUMBER, expected, refuse_unless_expected
from nobat.visits.models import NEEDS_A_NOTE
from nobat.visits.wrong_person import note_wrong_person
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.headers import may_use_camera
from nobat.web.office.check_in_later import without_network
from nobat.web.refusals import title_and_rest

MOST_TYPED = 1000  # the longest receipt has 500 digits
WRONG_PERSON = "wrong_person"


@require_http_methods(["GET", "HEAD", "POST"])
@may_use_camera
@clerk_only
def find_expected(request: OfficeRequest) -> HttpResponse:
    """What was typed or scanned stays out of the address: it may be a national code."""
    typed = request.POST.get("code", "")[:MOST_TYPED]
    if not typed.strip():
        return redirect("office:desk")
    try:
        found = expected(office=request.office, text=typed, now=timezone.now())
    except RuleBroken as refusal:
        return _refused(request, refusal, typed)
    if len(found) == 1:
        return redirect("office:check_in", found[0].reference)
    return render(request, "office/check_in_which.html", {"here": "desk", "found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@may_use_camera
@clerk_only
def check_in(request: OfficeRequest, reference: str) -> HttpResponse:
    appointment = _of_office(request, reference)
    try:
        if request.method == "POST":
            return _decide(request, appointment)
        refuse_unless_expected(appointment, request.office, timezone.now())
    except RuleBroken as refusal:
        return _refused(request, refusal)
    identity_label, _, card = IDENTITIES[IdentityKind(appointment.citizen.identity_kind)]
    context = {
        "here": "desk",
        "appointment": appointment,
        "identity_label": identity_label,
        "card": card,
        "papers": to_bring(appointment.citizen, appointment.service),
        "now": timezone.now(),
    }
    return render(request, "office/check_in.html", context)


def _decide(request: OfficeRequest, appointment: Appointment) -> HttpResponse:
    name = appointment.citizen.full_name
    decided = request.POST.get("as", "")
    if decided == WRONG_PERSON:
        note_wrong_person(appointment=appointment, by=request.user)
        messages.warning(request, f"«{name}» پذیرش نشد و ثبت شد که نام با کارت نمی‌خواند.")
        return redirect("office:desk")
    press = partial(
        check_them_in,
        appointment=appointment,
        office=request.office,
        by=request.user,
        pressed_at=timezone.now(),
    )
    visit = try_again(press)
    if decided in NEEDS_A_NOTE:
        address = redirect("office:visit", visit.number).url
        return redirect(f"{address}?as={decided}")
    messages.success(request, f"«{name}» با شمارهٔ {fa_digits(visit.number)} پذیرش شد.")
    return redirect("office:desk")


def _of_office(request: OfficeRequest, reference: str) -> Appointment:
    if not is_reference(reference):
        raise Http404
    appointments = Appointment.objects.select_related(
        "citizen", "service", "office__county", "visit__recorded_by"
    )
    return get_object_or_404(appointments, reference=reference, office=request.office)


def _refused(request: HttpRequest, refusal: RuleBroken, typed: str = "") -> HttpResponse:
    title, why = title_and_rest(refusal.message)
    context = {
        "here": "desk",
        "title": title,
        "why": why,
        # A scanner types after what is there already: only what a hand typed stays.
        "typed": typed if len(typed) <= LONGEST_NUMBER else "",
        "is_forged": isinstance(refusal, Forged),
        **without_network(),
    }
    return render(request, "office/check_in_refused.html", context, status=refusal.status)
