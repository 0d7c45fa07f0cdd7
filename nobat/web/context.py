"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        # What may be sent by SMS is said only where our line can receive.
        "sms_answers": settings.SMS_ANSWERS,
        "sms_line": settings.SMS_LINE,
    }
