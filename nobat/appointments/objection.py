"""A citizen says why a week without booking is not right, and the association decides."""

from django.db import transaction
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.excuse import excuse_no_show
from nobat.appointments.models import Objection, Suspension
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.shared.persian import clean, fa_digits
from nobat.shared.rules import RuleBroken

SHORTEST, LONGEST = policy.OBJECTION_LETTERS
ACCEPTED = "اعتراض شما پذیرفته شد"


class WeekIsOver(RuleBroken):
    message = (
        "این هفته به پایان رسیده است. دیگر اعتراض نمی‌خواهد و همین حالا هم می‌توانید نوبت بگیرید."
    )


class AlreadyObjected(RuleBroken):
    message = (
        "اعتراض شما پیش‌تر ثبت شده است. برای هر نوبت یک بار می‌شود اعتراض کرد. پاسخ آن را در "
        "«نوبت‌های من» ببینید."
    )


class WrongLength(RuleBroken):
    status = 422
    message = (
        f"نوشته باید میان {fa_digits(SHORTEST)} و {fa_digits(LONGEST)} حرف باشد. در یک یا دو "
        "جمله بنویسید چه شد."
    )


class NoAnswer(RuleBroken):
    status = 422
    message = (
        "پاسخی برای شهروند نوشته نشده است یا بیش از اندازه بلند است. در یک یا دو جمله بنویسید چرا."
    )


class AlreadyDecided(RuleBroken):
    message = "دربارهٔ این اعتراض پیش‌تر تصمیم گرفته شده است. پاسخ آن را شهروند دیده است."


def object_to_suspension(*, suspension: Suspension, text: str, citizen: Person) -> Objection:
    """Once for each week, while it runs. Raises WeekIsOver, AlreadyObjected, WrongLength."""
    text = clean(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise WrongLength
    with transaction.atomic():
        citizen.lock()  # whoever ends the week at this moment is waited for
        now = timezone.now()
        running = Suspension.objects.of(citizen).running(now).filter(pk=suspension.pk)
        if not running.exists():
            raise WeekIsOver
        if Objection.objects.filter(suspension=suspension).exists():
            raise AlreadyObjected
        objection = Objection.objects.create(suspension=suspension, text=text, made_at=now)
        record(Act.OBJECTED, suspension.cause, by=citizen, at=now, objection=objection.pk)
    return objection


def accept_objection(*, objection: Objection, by: Person, answer: str) -> None:
    """The week ends at once and an SMS says so: all or nothing. Raises AlreadyDecided, NoAnswer."""
    appointment = objection.suspension.cause
    with transaction.atomic():
        _decide(objection, by, answer, is_accepted=True)
        record(Act.OBJECTION_ACCEPTED, appointment, by=by, at=timezone.now())
        excuse_no_show(appointment=appointment, reason=ACCEPTED, by=by)


def refuse_objection(*, objection: Objection, by: Person, answer: str) -> None:
    """The week goes on; the citizen reads why. Raises AlreadyDecided, NoAnswer."""
    with transaction.atomic():
        _decide(objection, by, answer, is_accepted=False)
        record(Act.OBJECTION_REFUSED, objection.suspension.cause, by=by, at=timezone.now())


def _decide(objection: Objection, by: Person, answer: str, *, is_accepted: bool) -> None:
    answer = clean(answer)
    if not 0 < len(answer) <= LONGEST:
        raise NoAnswer
    # The citizen first, as everywhere: an outage recorded now may end the same week.
    objection.suspension.citizen.lock()
    undecided = Objection.objects.filter(pk=objection.pk, is_accepted=None)
    if not undecided.update(
        is_accepted=is_accepted, decided_at=timezone.now(), decided_by=by, answer=answer
    ):
        raise AlreadyDecided
