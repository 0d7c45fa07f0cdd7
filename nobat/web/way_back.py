"""Where somebody was, when asked to sign in or up: kept in `next`, and gone back to."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

NEXT = "next"
_LONGEST = 500


def way_back(request: HttpRequest) -> str:
    """The path to go back to, or nothing: only ever a page of ours."""
    path = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    return path if is_own_path(path) else ""


def is_own_path(path: str) -> bool:
    """Whether this is a path on this site, and no trick that leads elsewhere."""
    return (
        path.startswith("/")
        and len(path) <= _LONGEST
        and path.isprintable()
        and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    )


def with_way_back(page: str, path: str) -> str:
    """The address of a citizen's page, with the way back in it."""
    address = reverse(f"citizen:{page}")
    return f"{address}?{urlencode({NEXT: path})}" if path else address


def page_before(request: HttpRequest) -> str:
    """Path of the page of ours that asked, or nothing."""
    try:
        address = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all
        return ""
    path = f"{address.path}?{address.query}" if address.query else address.path
    return path if address.netloc == request.get_host() and is_own_path(path) else ""
