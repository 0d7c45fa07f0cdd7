"""Fragment: another security code, beside a form that stays as it is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from nobat.web.citizen.security_code_form import KIND, SecurityCodeForm


@require_GET
def new_captcha(request: HttpRequest) -> HttpResponse:
    """For htmx. Without JavaScript the same buttons post the form to its own page."""
    form = SecurityCodeForm(initial={KIND: request.GET.get(KIND, "")})
    response = render(request, "citizen/_captcha.html", {"form": form, "fresh": True})
    add_never_cache_headers(response)
    return response
