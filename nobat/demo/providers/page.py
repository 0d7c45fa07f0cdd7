"""Page: how the stand-ins of the SMS providers behave, and what has become of that."""

from typing import Any, NamedTuple

import httpx
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nobat.demo.providers.mood import IN_THE_DEMO, Manner
from nobat.sms.gateways import gateways_in_use
from nobat.sms.models import Gateway, Trouble

TITLES = {"kavenegar": "کاوه‌نگار", "magfa": "مگفا"}
PATIENCE_SECONDS = 2


class Shown(NamedTuple):
    name: str
    title: str
    manner: Manner
    taken: int
    gets_messages: bool
    rests_because: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def providers(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        name, manner = request.POST.get("name", ""), request.POST.get("manner", "")
        if name not in TITLES or manner not in IN_THE_DEMO:
            raise Http404
        if _say("POST", f"/{name}", {"manner": manner}) is not None:
            return HttpResponseRedirect(reverse("demo:providers"))
    they = _say("GET", "/", {})
    context = {"providers": they and _shown(they), "manners": IN_THE_DEMO}
    return render(request, "demo/providers.html", context)


def _say(method: str, path: str, form: dict[str, str]) -> dict[str, Any] | None:
    """What they answer; none if they are not there."""
    if not settings.DEMO_PROVIDERS_URL:
        return None
    url = f"{settings.DEMO_PROVIDERS_URL}{path}"
    try:
        with httpx.Client(trust_env=False, timeout=PATIENCE_SECONDS) as client:
            return client.request(method, url, data=form).raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        return None


def _shown(they: dict[str, Any]) -> list[Shown]:
    known = Gateway.objects.in_bulk(list(they))
    resting = {name for name, row in known.items() if row.rests_until is not None}
    in_use = [gateway.name for gateway in gateways_in_use()]
    first = next((name for name in in_use if name not in resting), "")
    return [
        Shown(
            name,
            TITLES[name],
            Manner(how["manner"]),
            how["taken"],
            name == first,
            Trouble(known[name].reason).label if name in resting else "",
        )
        for name, how in they.items()
        if name in TITLES
    ]
