"""The gate of the pages for providers: a secret address, and short answers for machines."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from nobat.sms.gateways import SmsGateway, gateways_in_use
from nobat.web.provider.address import Tells, is_token_of, what_is_told
from nobat.web.provider.form import TooMuch, Unreadable, form_of

logger = logging.getLogger(__name__)

# Reads what the provider has sent; returns what has yet to be written down of it.
Reads = Callable[[SmsGateway, Mapping[str, str]], Callable[[], int]]
View = Callable[[HttpRequest, str, str], HttpResponse]


def listens(tells: Tells) -> Callable[[Reads], View]:
    """Only for a gateway in use, at its own address; any other one is not found.

    GET or POST, as the provider likes, in any order and any number of times. What cannot be
    read is refused, and told in the log by its kind: neither the address, which is a secret,
    nor anything that was sent is written there.
    """

    def decorate(reads: Reads) -> View:
        @csrf_exempt
        @never_cache
        @wraps(reads)
        def page(request: HttpRequest, provider: str, token: str) -> HttpResponse:
            gateway = _gateway(provider, tells, token)
            if request.method not in {"GET", "POST"}:
                return _plain("GET or POST", 405)
            try:
                write_down = reads(gateway, form_of(request))
            except TooMuch:
                return _plain("too much", 413)
            except Unreadable:
                return _plain("cannot be read", 400)
            except Exception as problem:  # whatever a provider may have sent
                logger.warning("%s, %s: %s", gateway.name, tells, type(problem).__name__)
                return _plain("cannot be read", 400)
            write_down()
            return _plain("ok", 200)

        return page

    return decorate


def _gateway(provider: str, tells: Tells, token: str) -> SmsGateway:
    is_right = is_token_of(provider, tells, token) and tells in what_is_told()
    for gateway in gateways_in_use():
        if gateway.name == provider and is_right:
            return gateway
    raise Http404


def _plain(said: str, status: int) -> HttpResponse:
    return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
