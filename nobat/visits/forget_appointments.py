"""After two years turns and visits go, with all that hangs on them; the totals of days stay.

What is left of them is how many there were, of whom nobody can say who (figures/). The journal
keeps its own time, and names nobody but by numbers that lead nowhere any more.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nobat.appointments.models import Appointment, Objection, Proposal, Suspension, TurnRequest
from nobat.offices.models import Office
from nobat.schedule.models import Slot
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.visits.models import Visit

# So many of one office in one transaction, by the indexes of an office and its days.
AT_ONCE = 1_000


def forget_old_appointments() -> int:
    """Background job, for one machine: delete what was for days before that; how many turns
    and visits went."""
    before = tehran_day(timezone.now() - settings.KEPT.appointments)
    return sum(_forget_of(office, before) for office in Office.objects.order_by("pk"))


def _forget_of(office: Office, before: date) -> int:
    """Turns first, then who came without one, then the hours themselves."""
    turns = Appointment.objects.filter(office=office, day__lt=before).order_by("day")
    gone = 0
    while some := list(turns.values_list("pk", flat=True)[:AT_ONCE]):
        gone += _forget_turns(some)
    gone += Visit.objects.filter(office=office, day__lt=before).delete()[0]
    _forget_hours(office, before)
    return gone


def _forget_turns(ids: list[int]) -> int:
    with transaction.atomic():
        Objection.objects.filter(suspension__cause__in=ids).delete()
        Suspension.objects.filter(cause__in=ids).delete()
        for hanging in (Proposal, TurnRequest):
            hanging.objects.filter(appointment__in=ids).delete()
        Visit.objects.filter(appointment__in=ids).delete()
        # A seat that was given away: whoever got it stays until the own day is over.
        Visit.objects.filter(in_place_of__in=ids).update(in_place_of=None)
        return Appointment.objects.filter(pk__in=ids).delete()[0]


def _forget_hours(office: Office, before: date) -> None:
    """Those that nothing names any more: a turn that moved away still proposes its old hour."""
    hours = Slot.objects.filter(office=office, starts_at__lt=start_of_day(before), day__lt=before)
    named = Proposal.objects.filter(slot__office=office, slot__day__lt=before)
    kept = {each for pair in named.values_list("slot_id", "second_slot_id") for each in pair}
    hours.exclude(pk__in=kept - {None}).delete()
