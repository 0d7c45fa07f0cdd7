"""One line of the log, without what citizens typed."""

import logging
import re

# PostgreSQL quotes the values of the row it refuses: mobiles, names, digests.
_VALUES_OF_A_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)

# The address of a page for providers is a secret (web/provider/address.py).
_SECRET_ADDRESS = re.compile(r"(/sms/[\w-]+/)[\w-]+")


class LogLines(logging.Formatter):
    """A formatter that leaves out what the database quotes of a row, and secret addresses."""

    def format(self, record: logging.LogRecord) -> str:
        line = _VALUES_OF_A_ROW.sub("DETAIL: left out", super().format(record))
        return _SECRET_ADDRESS.sub(r"\1left-out", line)
