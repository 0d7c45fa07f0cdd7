"""How far a message has come."""

from django.db import models


class State(models.TextChoices):
    WAITING = "waiting", "در صف"
    SENDING = "sending", "در حال فرستادن"
    SENT = "sent", "فرستاده شد"
    DELIVERED = "delivered", "رسید"
    UNDELIVERED = "undelivered", "نرسید"
    BLOCKED = "blocked", "گیرنده بسته است"
    GIVEN_UP = "given_up", "فرستاده نشد"
    EXPIRED = "expired", "زمانش گذشت"
    # The gateway was asked and never said; sending again might say it twice.
    UNKNOWN = "unknown", "معلوم نشد"


# Something may still be sent.
UNSETTLED = (State.WAITING, State.SENDING)
# The phone has not shown it; of those that are not settled or UNKNOWN nobody can say so.
DID_NOT_ARRIVE = (State.GIVEN_UP, State.UNDELIVERED, State.BLOCKED)
# Nobody may count on it that the phone has shown it.
NOT_REACHED = (
    State.UNDELIVERED,
    State.BLOCKED,
    State.GIVEN_UP,
    State.EXPIRED,
    State.UNKNOWN,
)
