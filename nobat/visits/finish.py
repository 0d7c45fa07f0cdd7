"""A visit ends: done, or without result and without any penalty."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.visits.models import ENDS_A_VISIT, NEEDS_A_NOTE, Visit, VisitState

LONGEST_NOTE = 200


class NoNote(RuleBroken):
    status = 422
    message = (
        "نوشته نشده است که چه کم بود یا کار به کجا می‌رود. مراجعه‌کننده آن را در «نوبت‌های من» "
        "می‌خواند. چند کلمه بنویسید."
    )


def finish_visit(*, visit: Visit, outcome: VisitState, by: Person, note: str = "") -> None:
    """End the visit, called before or not. None of the outcomes has a penalty.

    Papers that are missing, or a matter for elsewhere, need a note that the citizen reads.
    Raises NoNote, VisitChanged.
    """
    if outcome not in ENDS_A_VISIT:
        raise ValueError(f"{outcome} does not end a visit")
    note = clean(note)[:LONGEST_NOTE]
    if outcome in NEEDS_A_NOTE and not note:
        raise NoNote
    now = timezone.now()
    with transaction.atomic():
        visit.change_state(outcome, note=note, finished_at=now)
        visit.note, visit.finished_at = note, now
        record(Act.FINISHED, visit, by=by, at=now, outcome=outcome.value)
