"""What is the operators' is answered under their names and from their networks; elsewhere it is
not there.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_network
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host

from nobat.web.client_address import address_of_client

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]


def operators_only(view: View[Asked]) -> View[Asked]:
    """Raises Http404 for whoever asks by another name or from elsewhere, whoever they are.

    OPERATOR_HOSTS and OPERATOR_NETWORKS say which; one that is empty refuses nobody.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if not (_is_asked_by_name(request) and _is_near(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _is_asked_by_name(request: HttpRequest) -> bool:
    name, _ = split_domain_port(request.get_host())
    return not settings.OPERATOR_HOSTS or validate_host(name, settings.OPERATOR_HOSTS)


def _is_near(request: HttpRequest) -> bool:
    networks = [ip_network(each) for each in settings.OPERATOR_NETWORKS]
    address = address_of_client(request)
    return not networks or any(address in each for each in networks if address)
