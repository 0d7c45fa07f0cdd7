"""One line of the log, without what citizens typed, for people or for machines."""

import json
import logging
import re
from copy import copy
from datetime import UTC, datetime
from http import HTTPStatus
from traceback import format_tb
from types import TracebackType
from typing import Any

from django.db import IntegrityError, OperationalError

from nobat.shared.asked import asked_now

# PostgreSQL quotes the values of the row it refuses: mobiles, names, digests.
_VALUES_OF_A_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)
# They name a constraint or a server; any other exception may quote what it stumbled over.
_SAY_WHAT_HELPS = (IntegrityError, OperationalError)
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# The address of a page for providers is a secret (web/provider/address.py).
_SECRET_ADDRESS = re.compile(r"(/sms/[\w-]+/)[\w-]+")
FOR_PEOPLE = "{asctime} {levelname} {name}: {message}{asked}"
_OF_A_REQUEST = ("page", "status", "duration_ms")


class LogLines(logging.Formatter):
    """A formatter that says of an error its kind and its place in the code, not its words,
    of a request its page, not its address, and leaves secret addresses out.
    """

    def format(self, record: logging.LogRecord) -> str:
        if hasattr(record, "request"):
            record = copy(record)  # another handler gets it as it was
            record.msg, record.args = _without_address(record), ()
        # Another one may have kept the whole text of an error for those that come after it.
        record.exc_text = None
        asked = asked_now()
        record.asked = f" [{asked.request_id}]" if asked else ""
        line = _VALUES_OF_A_ROW.sub("DETAIL: left out", super().format(record))
        record.exc_text = None
        return _SECRET_ADDRESS.sub(r"\1left-out", line)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802
        told: list[str] = []
        problem = ei[1]
        while problem is not None:
            told.insert(0, "".join(format_tb(problem.__traceback__)) + _words(problem))
            hidden = problem.__suppress_context__
            problem = problem.__cause__ or (None if hidden else problem.__context__)
        return "\nand then\n".join(told)


class AnotherHost(logging.Filter):
    """Of a request for a host that is not ours one line is left: neither the name, which anybody
    may invent, nor the page, nor the way through the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "Refused: asked for a host that is not ours", ()
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        vars(record).pop("request", None)
        return True


class JsonLines(logging.Formatter):
    """The same, each as one JSON object in one line; what is not known is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = LogLines("{message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        asked = asked_now()
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.words.format(record),
            "process": record.process,
        }
        if asked:
            said |= {"request": asked.request_id, "page": asked.page}
        said |= {name: getattr(record, name) for name in _OF_A_REQUEST if hasattr(record, name)}
        return json.dumps(said)


def _without_address(record: logging.LogRecord) -> str:
    """What Django says of a request that failed: its own words quote the address."""
    found = getattr(record.request, "resolver_match", None)  # type: ignore[attr-defined]
    page = found.view_name if found else "no page"
    status = getattr(record, "status_code", HTTPStatus.BAD_REQUEST)
    return f"{HTTPStatus(status).phrase}: {page}"


def _words(problem: BaseException) -> str:
    kind = f"{type(problem).__module__}.{type(problem).__qualname__}"
    return f"{kind}: {problem}" if isinstance(problem, _SAY_WHAT_HELPS) else kind
