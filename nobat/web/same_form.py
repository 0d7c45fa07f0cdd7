"""After a bad moment: the same form once more, with the same key and all that was typed.

Never with what is secret or names somebody: that is asked for again by the page itself.
"""

from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import Error
from django.http import HttpRequest, UnreadablePostError
from django.middleware.csrf import get_token
from django.urls import Resolver404, resolve

from nobat.database.trouble import NoConnection, is_for_reading_only, state_of
from nobat.web.way_back import page_before

# Passwords, codes, answers to pictures, and numbers that identify somebody.
NEVER_KEPT = {
    "captcha_0",
    "captcha_1",
    "code",
    "identity_number",
    "kept_password",
    "national_code",
    "old_password",
    "password",
    "receipt",
    "recovery_code",
    "sms_code",
    "sought",
}
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  the name of the field
# Whose second time finds the first, by a key or by what it changed, or changes nothing.
SAFE_TO_SEND_AGAIN = {
    "citizen:book",
    "citizen:cancel",
    "citizen:move",
    "citizen:sign_in",
    "citizen:sign_out",
    "office:check_in",
    "office:find_expected",
    "office:sign_in",
    "office:sign_out",
    "office:walk_in",
}


class Kept(NamedTuple):
    """What a form has in it once more."""

    fields: list[tuple[str, str]]
    is_whole: bool  # nothing in it was too secret to be kept


def same_form(request: HttpRequest, trouble: Error) -> tuple[str, dict[str, Any]]:
    """Name of what has happened, as in errors.TITLES, and what its page needs to know."""
    kept = _kept(request)
    context: dict[str, Any] = {
        "form": kept,
        "form_address": request.get_full_path(),
        "csrf_token": get_token(request) if kept else "",
        "look_at": page_before(request) or request.path,
    }
    if is_for_reading_only(trouble):
        return "reading_only", context
    if _is_undone(trouble):
        return "not_done", context
    return "unknown", context | {"may_be_sent_again": _page(request) in SAFE_TO_SEND_AGAIN}


def _is_undone(trouble: Error) -> bool:
    """Whether it is certain that nothing was written."""
    state = state_of(trouble)
    is_an_answer = state is not None and not state.startswith(("08", "57P"))
    return isinstance(trouble, NoConnection) or is_an_answer


def _kept(request: HttpRequest) -> Kept | None:
    """None, if the form cannot be read again, or has a file in it."""
    try:
        sent = request.POST
        if request.FILES:
            return None
    except (UnreadablePostError, RequestDataTooBig, TooManyFieldsSent):
        return None
    fields = [(name, value) for name, values in sent.lists() for value in values]
    return Kept(
        [each for each in fields if each[0] not in NEVER_KEPT | {_TOKEN}],
        is_whole=not NEVER_KEPT & set(sent),
    )


def _page(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
