"""Between two pages of signing up, in or resetting: whose SMS code is awaited.

Kept in the session, because a mobile number belongs in no address.
"""

from typing import Any

from django.http import HttpRequest

from nobat.people.models import Purpose


def wait_for_code(request: HttpRequest, purpose: Purpose, **kept: Any) -> None:
    request.session[_key(purpose)] = kept


def awaited(request: HttpRequest, purpose: Purpose) -> dict[str, Any] | None:
    """What was kept, if this visitor came by the first page."""
    return request.session.get(_key(purpose))


def stop_waiting(request: HttpRequest) -> None:
    for purpose in Purpose:
        request.session.pop(_key(purpose), None)


def _key(purpose: Purpose) -> str:
    return f"awaits_{purpose.value}"
