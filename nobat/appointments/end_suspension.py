"""The association ends somebody's week without booking, whether they have objected or not."""

from django.db import transaction
from django.utils import timezone

from nobat.appointments.excuse import LONGEST_REASON, excuse_no_show
from nobat.appointments.models import Suspension
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken


class NotRunning(RuleBroken):
    message = (
        "این محرومیت دیگر برقرار نیست. یا زمانش تمام شده یا همکارتان زودتر پایانش داده است؛ کار "
        "دیگری لازم نیست."
    )


class NoReason(RuleBroken):
    status = 422
    message = "دلیل نوشته نشده است یا بلند است و شهروند آن را می‌خواند. در یک جمله بنویسید چرا."


def end_suspension(*, suspension: Suspension, reason: str, by: Person) -> None:
    """Booking is open again at once, and an SMS says so: all or nothing.

    The missed appointment is excused, with the reason for the citizen to read; an objection
    that nobody has decided is accepted by it. Raises NotRunning, NoReason.
    """
    reason = clean(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise NoReason
    with transaction.atomic():
        suspension.citizen.lock()  # an objection accepted at this moment is waited for
        now = timezone.now()
        running = Suspension.objects.running(now).filter(pk=suspension.pk)
        if not running.exists():
            raise NotRunning
        record(Act.SUSPENSION_ENDED, suspension.cause, by=by, at=now, why=reason)
        excuse_no_show(appointment=suspension.cause, reason=reason, by=by, now=now)
