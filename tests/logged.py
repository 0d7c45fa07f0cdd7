"""All that is logged, down to DEBUG, as the log of a server has it: for people and for machines."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from nobat.shared.log_lines import FOR_PEOPLE, JsonLines, LogLines

ALL = ("", "nobat.access", "django.request", "django.server")


@contextmanager
def all_that_is_logged() -> Iterator[tuple[io.StringIO, io.StringIO]]:
    """The lines for people, and those for machines."""
    texts = io.StringIO(), io.StringIO()
    handlers = [logging.StreamHandler(text) for text in texts]
    loggers = [logging.getLogger(name) for name in ALL]
    levels = [logger.level for logger in loggers]
    for handler, form in zip(handlers, (LogLines(FOR_PEOPLE, style="{"), JsonLines()), strict=True):
        handler.setFormatter(form)
        loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield texts
    finally:
        for handler in handlers:
            loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
