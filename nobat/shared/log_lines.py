"""One line of the log, without what citizens typed."""

import logging
import re

# PostgreSQL quotes the values of the row it refuses: mobiles, names, digests.
_VALUES_OF_A_ROW = re.compile(r"^DETAIL:.*$", re.MULTILINE)


class LogLines(logging.Formatter):
    """A formatter that leaves out what the database quotes of a row."""

    def format(self, record: logging.LogRecord) -> str:
        return _VALUES_OF_A_ROW.sub("DETAIL: left out", super().format(record))
