"""What somebody is told by SMS about their own appointments."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from nobat.appointments.models import Appointment, Proposal, Status
from nobat.appointments.proposal import open_proposal
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day

TOLD = "told"


class Reply(NamedTuple):
    """What came of a message, and what is said about it (sms/answer_texts.py)."""

    result: str  # "cancelled", "accepted", "told", or the class name of a refusal
    says: str = ""  # nothing: another SMS says it
    values: Mapping[str, object] = MappingProxyType({})
    about: str = ""  # the tracking code, if it is about one appointment of the sender


def in_front_of(citizen: Person, now: datetime) -> list[Appointment]:
    """Those that wait for another hour, then those that are coming, by their hours."""
    own = Appointment.objects.of(citizen).select_related("office").order_by("starts_at", "pk")
    return [*own.waiting_for_another_hour(tehran_day(now)), *own.upcoming(now)]


def how_all_stand(citizen: Person, now: datetime) -> Reply:
    """Whatever asks for an answer goes before whatever is only coming."""
    ahead = in_front_of(citizen, now)
    if not ahead:
        return Reply(TOLD, "no_turn")
    first = ahead[0]
    if len(ahead) == 1 or first.status == Status.DISPLACED:
        return how_it_stands(first, now)
    return Reply(TOLD, "several", {"count": len(ahead), **_where(first), **_code(first)})


def how_it_stands(appointment: Appointment, now: datetime) -> Reply:
    """Wants the appointment with its office."""
    if appointment.status == Status.DISPLACED:
        return _displaced(appointment, now)
    if appointment.status == Status.BOOKED and now < appointment.starts_at:
        return _told("coming", appointment, _code(appointment))
    return _told(_SAYS[Status(appointment.status)], appointment)


def not_cancelled(appointment: Appointment, why: str, now: datetime) -> Reply:
    """Why it could not be cancelled: what has become of it says that."""
    stands = how_it_stands(appointment, now)
    says = "too_late" if appointment.status == Status.BOOKED else stands.says
    return stands._replace(result=why, says=says)


def which_to_cancel(citizen: Person, now: datetime) -> Reply:
    """Nothing is cancelled without its code; with only one ahead, this is how to do it."""
    ahead = [each for each in in_front_of(citizen, now) if each.can_be_changed(now)]
    if len(ahead) == 1:
        return _told("which_to_cancel", ahead[0], _code(ahead[0]))
    return Reply(TOLD, "code_to_cancel", {"count": len(ahead)}) if ahead else Reply(TOLD, "no_turn")


def proposed(proposal: Proposal, *, says: str, result: str = TOLD) -> Reply:
    """Wants a proposal of an hour, with its slot's office."""
    appointment = proposal.appointment
    if not (proposal.slot and proposal.starts_at and proposal.held_until):
        raise ValueError("nothing is proposed")
    values = {
        "proposed_at": proposal.starts_at.isoformat(),
        "office": proposal.slot.office.name,
        "answer_until": proposal.held_until.isoformat(),
        **_code(appointment),
    }
    return Reply(result, says, values, appointment.reference)


def _displaced(appointment: Appointment, now: datetime) -> Reply:
    proposal = open_proposal(appointment)
    if proposal and proposal.is_held(now):
        return proposed(proposal, says="proposed")
    return _told("displaced", appointment)


_SAYS = {
    Status.BOOKED: "hour_has_come",
    Status.CHECKED_IN: "checked_in",
    Status.CANCELLED_BY_CITIZEN: "is_cancelled",
    Status.NO_SHOW: "missed",
    Status.EXCUSED: "excused",
}


def _told(says: str, appointment: Appointment, more: Mapping[str, object] = {}) -> Reply:
    return Reply(TOLD, says, {**_where(appointment), **more}, appointment.reference)


def _where(appointment: Appointment) -> dict[str, object]:
    return {"starts_at": appointment.starts_at.isoformat(), "office": appointment.office.name}


def _code(appointment: Appointment) -> dict[str, object]:
    return {"reference": appointment.reference}
