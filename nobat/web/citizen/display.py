"""Page: the screen in an office's waiting room, for whoever is there; numbers, no names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from nobat.offices.models import Office
from nobat.shared.persian import latin_digits
from nobat.visits.display import display as display_of

# Shorter than anybody notices; a proxy answers for all screens of a waiting room.
KEPT_FOR_SECONDS = 2


@require_safe
def display(request: HttpRequest, code: str) -> HttpResponse:
    digits = latin_digits(code)
    if not (digits.isascii() and digits.isdecimal()):
        raise Http404
    office = get_object_or_404(Office.objects.open(), code=digits)
    now = timezone.now()
    context = {"office": office, "now": now, "display": display_of(office, now)}
    # Without the request: the same page for everybody, whoever is signed in.
    response = HttpResponse(render_to_string("citizen/display.html", context))
    patch_cache_control(response, public=True, max_age=KEPT_FOR_SECONDS)
    return response
