"""What a provider has sent: the names and values of its address, form or JSON."""

import json
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from nobat.sms.incoming import storable

MOST_BYTES = 64 * 1024  # a report of a hundred messages takes some thousand
_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}


class Unreadable(Exception):
    """No form, no JSON object, or broken off."""


class TooMuch(Exception):
    """More than any provider has to say at once."""


def form_of(request: HttpRequest) -> dict[str, str]:
    """Every value as text, and what is itself a list or an object as its JSON.

    What stands in the body goes before what stands in the address. Raises Unreadable and
    TooMuch; nothing is read of a body that is too long.
    """
    if len(request.META.get("QUERY_STRING", "")) > MOST_BYTES or _length(request) > MOST_BYTES:
        raise TooMuch
    try:
        given = request.GET.dict() | _body(request)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, ValueError) as problem:
        raise Unreadable from problem
    except RecursionError as problem:  # JSON in JSON in JSON …
        raise Unreadable from problem
    return {str(name): _as_text(value) for name, value in given.items()}


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isascii() and said.isdigit() else 0


def _body(request: HttpRequest) -> dict[str, Any]:
    if request.method != "POST":
        return {}
    if request.content_type in _FORMS:
        return dict(request.POST.dict())
    # Whatever it claims to be: not every provider says that it is JSON.
    said = json.loads(request.body) if request.body.strip() else {}
    if not isinstance(said, dict):
        raise Unreadable
    return said


def _as_text(value: object) -> str:
    return storable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
