"""What a browser writes to ask for something, ready before it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.country import session_key_of
from bench.site import Site, form_token


@dataclass(frozen=True)
class Asking:
    """Requests with the cookies and the token of our own forms."""

    host: str
    cookie: str  # of the form
    field: str  # beside it

    @classmethod
    def at(cls, site: Site, page: str, person_id: int | None = None) -> "Asking":
        """With the token of the form on this page, as this person sees it."""
        cookie = f"session={session_key_of(person_id)}" if person_id else ""
        return cls(site.host, *form_token(site, page, cookie))

    def page(self, path: str, session: str = "") -> bytes:
        return f"GET {path} HTTP/1.1\r\n{self._headers(session)}\r\n".encode()

    def form(self, path: str, fields: Mapping[str, object], session: str = "") -> bytes:
        body = urlencode({"csrfmiddlewaretoken": self.field, **fields})
        return (
            f"POST {path} HTTP/1.1\r\n{self._headers(session)}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def _headers(self, session: str) -> str:
        cookies = f"csrf={self.cookie}" + (f"; session={session}" if session else "")
        # As browsers ask: compressing is a part of what a page costs.
        return f"Host: {self.host}\r\nAccept-Encoding: gzip\r\nCookie: {cookies}\r\n"


def status_of(head: bytes) -> bytes:
    return head[9:12]


def leads_to(head: bytes, start: bytes) -> bool:
    """Whether it is a redirect to an address that begins like this."""
    return status_of(head) == b"302" and b"\r\nlocation: " + start in head + b"\r\n"
