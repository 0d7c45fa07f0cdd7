"""What the log holds: one line for each event, and nothing of any person."""

from typing import Any

from nobat.shared.log_lines import FOR_PEOPLE

FORMATTERS: dict[str, dict[str, Any]] = {
    "lines": {"()": "nobat.shared.log_lines.LogLines", "fmt": FOR_PEOPLE, "style": "{"},
    "json": {"()": "nobat.shared.log_lines.JsonLines"},
}


def logging_to_stderr(level: str, form: str, *, of_requests: str) -> dict[str, Any]:
    """The setting LOGGING. Never the parameters of a request: they hold personal data.

    `of_requests` is the level from which on the lines of requests are kept; they are INFO.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": FORMATTERS[form]},
        "filters": {"another_host": {"()": "nobat.shared.log_lines.AnotherHost"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "nobat.access": {"level": of_requests},
            "django.server": {"level": "WARNING"},
            # Every mistyped form is a 4xx; the line of its request says so already.
            "django.request": {"level": "ERROR"},
            # Whoever scans the internet calls us by every name.
            "django.security.DisallowedHost": {"filters": ["another_host"]},
            # Their lower levels quote every value of a statement, and every address that is asked.
            "django.db.backends": {"level": "INFO"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }
