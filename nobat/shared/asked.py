"""What is being answered just now: the name of its page, and a number to find it by again."""

import random
import re
from contextvars import ContextVar

# As proxies make them: 32 hexadecimal digits, or a UUID. Nobody can write a mobile like that.
_WELL_FORMED = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")


class Asked:
    """One request. A page has a name once it is found out which one it is."""

    __slots__ = ("page", "request_id")

    def __init__(self, request_id: str = "") -> None:
        # It keeps nothing secret; each process has numbers of its own, also after a fork.
        self.request_id = request_id or f"{random.getrandbits(128):032x}"
        self.page = ""


_now: ContextVar[Asked | None] = ContextVar("asked", default=None)
begin = _now.set
end = _now.reset


def asked_now() -> Asked | None:
    """None where no request is answered, as in the worker."""
    return _now.get()


def name_page(name: str) -> None:
    """Say which page it is, by the name of its address: citizen:book."""
    asked = _now.get()
    if asked is not None:
        asked.page = name


def is_well_formed(request_id: str) -> bool:
    return _WELL_FORMED.fullmatch(request_id) is not None
