"""Page: the SMS that a phone of the demo would show."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.people.mobile import NotAMobile, mobile_number
from nobat.sms.incoming import LONGEST_TEXT
from nobat.sms.models import DemoPhoneSms, IncomingSms
from nobat.sms.texts import parts

SHOWN = 50
NOTHING_NEW = 204


class Message(NamedTuple):
    """One that the phone has received, or has sent itself."""

    name: str
    at: datetime
    text: str
    parts: int
    to: str = ""
    is_own: bool = False


@never_cache
@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    typed = request.GET.get("mobile", "").strip()
    try:
        mobile = mobile_number(typed) if typed else ""
    except NotAMobile as refusal:
        wrong = {"typed": typed, "refusal": refusal.message}
        return render(request, "demo/phone.html", wrong, status=refusal.status)
    talk = _talk(mobile)
    newest = talk[0].name if talk else ""
    # htmx asks every few seconds, and says which message it has seen.
    asks_again = request.headers.get("HX-Request") == "true"
    if asks_again and request.GET.get("seen") == newest:
        return HttpResponse(status=NOTHING_NEW)
    context: dict[str, object] = {
        "typed": typed,
        "mobile": mobile,
        "newest": newest,
        "talk": talk,
        "longest": LONGEST_TEXT,
    }
    return render(request, "demo/_handset.html" if asks_again else "demo/phone.html", context)


def _talk(mobile: str) -> list[Message]:
    """The newest above; of one phone also those that it has sent."""
    received = DemoPhoneSms.objects.order_by("-received_at", "-pk")
    shown = received.filter(to=mobile)[:SHOWN] if mobile else received[:SHOWN]
    talk = [
        Message(f"got-{sms.pk}", sms.received_at, sms.text, parts(sms.text), sms.to)
        for sms in shown
    ]
    sent = IncomingSms.objects.filter(sender=mobile).order_by("-received_at", "-pk")
    talk += [
        Message(f"sent-{sms.pk}", sms.received_at, sms.text, parts(sms.text), is_own=True)
        for sms in sent[: SHOWN if mobile else 0]
    ]
    # Of one moment, what came is the answer to what was sent.
    talk.sort(key=lambda message: (message.at, not message.is_own), reverse=True)
    return talk[:SHOWN]
