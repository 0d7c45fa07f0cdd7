"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nobat.appointments.opening import opening_ahead
from nobat.shared.reading_only import is_for_reading_only


def site(request: HttpRequest) -> dict[str, object]:
    # An opening depends on the clock and the settings alone.
    return constants() | {"opening_ahead": opening_ahead(timezone.now())}


def constants() -> dict[str, object]:
    """What is the same for everybody, and nearly always."""
    return {
        "demo": settings.DEMO,
        # What may be sent by SMS is said only where our line can receive.
        "sms_answers": settings.SMS_ANSWERS,
        "sms_line": settings.SMS_LINE,
        "reading_only": is_for_reading_only(),
    }
