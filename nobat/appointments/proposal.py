"""What becomes of a proposed hour: it is taken, another one is, or none is wanted."""

from datetime import datetime
from uuid import UUID

from nobat.appointments.models import Answer, Appointment, Proposal
from nobat.appointments.move import move_appointment
from nobat.appointments.take_turn import Turn
from nobat.schedule.hold import keep_no_longer_than
from nobat.shared.rules import RuleBroken


class NothingProposed(RuleBroken):
    status = 404
    message = (
        "برای این نوبت پیشنهادی در انتظار پاسخ شما نیست. شاید پیش‌تر پاسخ داده‌اید؛ «نوبت‌های من» "
        "را ببینید."
    )


def open_proposal(appointment: Appointment) -> Proposal | None:
    """What its citizen has not answered yet; it may have lapsed, and its seat still be free."""
    shown = appointment.proposals.open().select_related("slot__office__county")
    return shown.order_by("-moves").first()


def accept_proposal(*, appointment: Appointment, key: UUID) -> Turn:
    """Take the proposed hour: as moving to it, with the seat that was kept.

    Pressed twice, it is taken once. When its time is over it is still given, if nobody
    else has taken the seat. Raises NothingProposed and the refusals of move.py.
    """
    proposal = open_proposal(appointment)
    if proposal is None or proposal.slot_id is None:
        raise NothingProposed
    return move_appointment(
        appointment=appointment,
        slot_id=proposal.slot_id,
        service=appointment.service.code,
        cases=appointment.cases,
        key=key,
    )


def no_longer_wanted(*, appointment: Appointment, now: datetime, free_from: datetime) -> None:
    """Its citizen gives the turn up: what was kept is free for others from that moment on."""
    keep_no_longer_than(free_from, kept_for=appointment.pk)
    answer = {"answer": Answer.NOT_WANTED, "answered_at": now}
    Proposal.objects.open().filter(appointment=appointment).update(**answer)
