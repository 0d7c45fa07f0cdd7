"""Page: whether messages go out and arrive, what is wrong, and what became of each."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Appointment
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.shared.reference import is_reference
from nobat.sms.ledger import Line, line_of, lines_about
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.alarm_words import gateway_name
from nobat.web.association.message_search import (
    MessageForm,
    MobileForm,
    messages_found,
    messages_to,
)
from nobat.web.association.sending_now import sending_now

_MISTAKE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def messages(request: AssociationRequest) -> HttpResponse:
    """With the texts only where one appointment or mobile was asked for: that is on record."""
    form = MessageForm(request.GET)
    mobile_form = MobileForm(request.POST if request.method == "POST" else None)
    found = {"form": form, "mobile_form": mobile_form, **_found(request, form, mobile_form)}
    status = _MISTAKE if form.errors or mobile_form.errors else 200
    return render(request, "association/messages.html", _context(found), status=status)


def _found(
    request: AssociationRequest, form: MessageForm, mobile_form: MobileForm
) -> dict[str, Any]:
    if mobile_form.is_valid():
        return {"lines": _to(request, mobile_form.cleaned_data["mobile"]), "is_search": True}
    if not form.is_valid() or mobile_form.errors:
        return {"lines": []}
    if reference := form.cleaned_data["about"]:
        return {"lines": _about(request, reference), "is_search": True}
    return _page(request, form)


def _page(request: AssociationRequest, form: MessageForm) -> dict[str, Any]:
    before = request.GET.get("before", "")
    found = messages_found(form, before)
    asked = {name: form.cleaned_data[name] for name in ("kind", "state") if form.cleaned_data[name]}
    return {
        "lines": [Line(sms.queued_at, sms, None, "") for sms in found.messages],
        "is_filtered": bool(asked),
        "looked_back_to": found.looked_back_to,
        "first_page": f"?{urlencode(asked)}" if before else "",
        "next_page": f"?{urlencode(asked | {'before': found.before})}" if found.before else "",
    }


def _about(request: AssociationRequest, reference: str) -> list[Line]:
    turn = Appointment.objects.filter(reference=reference).first()
    if turn:
        record(Act.DETAILS_SEEN, turn, by=request.user, at=timezone.now(), page="messages")
    return lines_about(reference)


def _to(request: AssociationRequest, mobile: str) -> list[Line]:
    """Whose messages were looked for is on record, by the account; the number is not."""
    now = timezone.now()
    for person in Person.objects.filter(mobile=mobile):
        record(Act.DETAILS_SEEN, person, by=request.user, at=now, page="messages")
    return [line_of(sms) for sms in messages_to(mobile, now)]


def _context(found: dict[str, Any]) -> dict[str, Any]:
    lines = [
        {
            "line": line,
            "reference": _reference(line),
            "gateway": gateway_name(line.sms.provider) if line.sms else "",
        }
        for line in found.pop("lines")
    ]
    return {"here": "messages", "rows": lines, **found, **sending_now(timezone.now())}


def _reference(line: Line) -> str:
    row = line.sms or line.incoming
    return row.about if row and is_reference(row.about) else ""
