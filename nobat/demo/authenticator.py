"""Page: what the authenticator apps of the demo's staff would show at this moment."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.people.mobile import NotAMobile, mobile_number
from nobat.people.models import SecondFactor
from nobat.people.second_factor import STEP_SECONDS, code_at, secret_in

SHOWN = 20


@never_cache
@require_safe
def authenticator(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    typed = request.GET.get("mobile", "").strip()
    try:
        mobile = mobile_number(typed) if typed else ""
    except NotAMobile as refusal:
        wrong = {"typed": typed, "refusal": refusal.message}
        return render(request, "demo/authenticator.html", wrong, status=refusal.status)
    now = timezone.now()
    left = STEP_SECONDS - int(now.timestamp()) % STEP_SECONDS
    context = {"typed": typed, "mobile": mobile, "left": left, "codes": _codes(mobile, now)}
    response = render(request, "demo/authenticator.html", context)
    response["Refresh"] = str(left)  # the next code, without a script too
    return response


def _codes(mobile: str, now: datetime) -> list[tuple[SecondFactor, str]]:
    """Those set up last above, those being set up too: there is no other app in the demo."""
    factors = SecondFactor.objects.select_related("person").order_by("-pk")
    if mobile:
        factors = factors.filter(person__mobile=mobile)
    return [(each, code_at(secret_in(each.secret_sealed), now)) for each in factors[:SHOWN]]
