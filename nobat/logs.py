"""What the log holds: one line for each event, and nothing of any person."""

from typing import Any


def logging_to_stderr(level: str) -> dict[str, Any]:
    """The setting LOGGING. Never the parameters of a request: they hold personal data."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "class": "nobat.shared.log_lines.LogLines",
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            # Every mistyped form is a 4xx; its line would name the page, tracking code and all.
            "django.request": {"level": "ERROR"},
            # Their lower levels quote every value of a statement, and every address that is asked.
            "django.db.backends": {"level": "INFO"},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
        },
    }
