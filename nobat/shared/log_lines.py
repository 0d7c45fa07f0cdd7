"""One line of the log, without what citizens typed."""

import logging
import re
from traceback import format_tb
from types import TracebackType

from django.db import IntegrityError, OperationalError

# PostgreSQL quotes the values of the row it refuses: mobiles, names, digests.
_VALUES_OF_A_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)
# They name a constraint or a server; any other exception may quote what it stumbled over.
_SAY_WHAT_HELPS = (IntegrityError, OperationalError)
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# The address of a page for providers is a secret (web/provider/address.py).
_SECRET_ADDRESS = re.compile(r"(/sms/[\w-]+/)[\w-]+")


class LogLines(logging.Formatter):
    """A formatter that says of an error its kind and its place in the code, not its words,
    and leaves secret addresses out.
    """

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have kept the whole text for those that come after it.
        record.exc_text = None
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


def _words(problem: BaseException) -> str:
    kind = f"{type(problem).__module__}.{type(problem).__qualname__}"
    return f"{kind}: {problem}" if isinstance(problem, _SAY_WHAT_HELPS) else kind
