"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from nobat.appointments.opening import opening_ahead


def site(request: HttpRequest | None) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        # What may be sent by SMS is said only where our line can receive.
        "sms_answers": settings.SMS_ANSWERS,
        "sms_line": settings.SMS_LINE,
        "opening_ahead": opening_ahead(timezone.now()),  # of the clock and the settings alone
    }
