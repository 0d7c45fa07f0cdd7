"""Who may open a page: the gate is a decorator on its view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from nobat.web.way_back import with_way_back

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]


def citizen_only(view: View[Asked]) -> View[Asked]:
    """A stranger signs in first and comes back to this very page.

    What a form of ours asks for stands in its address too, so that a POST whose session
    ended comes back to the same choice. Personal pages are kept by no cache.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = with_way_back("sign_in", request.get_full_path())
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)
