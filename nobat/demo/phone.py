"""Page: the SMS that a phone of the demo would show."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.people.mobile import NotAMobile, mobile_number
from nobat.sms.models import DemoPhoneSms
from nobat.sms.texts import parts

SHOWN = 50
NOTHING_NEW = 204


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
    received = DemoPhoneSms.objects.order_by("-received_at", "-pk")
    messages = list(received.filter(to=mobile)[:SHOWN] if mobile else received[:SHOWN])
    newest = str(messages[0].pk) if messages else ""
    # htmx asks every few seconds, and says which message it has seen.
    asks_again = request.headers.get("HX-Request") == "true"
    if asks_again and request.GET.get("seen") == newest:
        return HttpResponse(status=NOTHING_NEW)
    context: dict[str, object] = {
        "typed": typed,
        "mobile": mobile,
        "newest": newest,
        "messages_with_parts": [(message, parts(message.text)) for message in messages],
    }
    return render(request, "demo/_handset.html" if asks_again else "demo/phone.html", context)
