"""Somebody answers by SMS: gives a turn back, takes what is proposed, or asks how it stands.

Whoever has the phone of an account may do so for its appointments, and for no others: a code
of somebody else's is answered like one that does not exist. docs/decisions/0029.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from nobat.appointments.book import Suspended
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Proposal
from nobat.appointments.proposal import NothingProposed, accept_proposal
from nobat.appointments.sms_reply import (
    TOLD,
    Reply,
    how_all_stand,
    how_it_stands,
    not_cancelled,
    proposed,
    which_to_cancel,
)
from nobat.people.models import Person
from nobat.people.throttle import (
    SMS_ANSWERS_PER_DAY,
    SMS_ANSWERS_PER_HOUR,
    SMS_ANSWERS_WITHOUT_ACCOUNT,
    TooOften,
    count_within,
)
from nobat.shared.iranian_mobile import iranian_mobile
from nobat.shared.rules import RuleBroken
from nobat.sms.models import IncomingSms, Kind, Understood
from nobat.sms.outbox import queue_sms
from nobat.sms.understand import Wish, understand

logger = logging.getLogger(__name__)

AT_ONCE = 200
# What has lain here for longer is not acted upon: its sender has looked elsewhere since.
ACTED_UPON_WITHIN = timedelta(days=1)
STILL_AN_ANSWER = timedelta(hours=1)
# Each message presses one button, however often it is read.
_BUTTONS = UUID("5f0ad3f6-6f0b-4b42-9b61-8a1b5d1a7c29")

NO_SUCH = Reply("NoSuchAppointment", "no_such")
NOTHING_PROPOSED = Reply(NothingProposed.__name__, "nothing_proposed")
NOT_UNDERSTOOD = Reply("NotUnderstood", "not_understood")


def answer_incoming_sms() -> int:
    """Background job: do what each message asks for, once; returns how many were done.

    One transaction each: the act, what came of it, and the answer. A worker that dies leaves
    the message as it was, for the next run; several workers never do the same one.
    """
    waiting = IncomingSms.objects.filter(answered_at=None).order_by("received_at", "pk")
    return sum(_is_done(pk) for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]))


def _is_done(pk: int) -> bool:
    """False if somebody else is at it, or it must wait for the next run."""
    try:
        with transaction.atomic():
            unlocked = IncomingSms.objects.select_for_update(skip_locked=True)
            sms = unlocked.filter(pk=pk, answered_at=None).first()
            if sms is None:
                return False
            _answer(sms, timezone.now())
    except (OperationalError, InterfaceError):
        raise  # the database itself: the others would fare no better
    except Exception as problem:  # one message that breaks us must not hold up the others
        logger.error("Incoming SMS %d: %s", pk, type(problem).__name__)
        return False
    return True


def _answer(sms: IncomingSms, now: datetime) -> None:
    wish = understand(sms.text)
    reply = _reply(sms, wish, now)
    if reply.says and not _may_be_answered(sms, reply, now):
        reply = Reply(TooOften.__name__, about=reply.about)
    if reply.says:
        queue_sms(
            kind=Kind.ANSWER,
            to=sms.sender,
            about=reply.about,
            occasion=f"answer:{sms.pk}",
            params={"says": reply.says, **reply.values},
            not_after=now + STILL_AN_ANSWER,
        )
    IncomingSms.objects.filter(pk=sms.pk).update(
        understood=wish.understood, about=reply.about, result=reply.result, answered_at=now
    )


def _reply(sms: IncomingSms, wish: Wish, now: datetime) -> Reply:
    if iranian_mobile(sms.sender) != sms.sender:
        return Reply("NotAMobile")  # another machine, which would answer us for ever
    if sms.received_at < now - ACTED_UPON_WITHIN:
        return Reply("TooOld")
    citizen = Person.objects.filter(mobile=sms.sender).first()
    if citizen is None:
        return Reply("NoAccount", "no_account")
    citizen.lock()  # first of all locks; from here on the appointments stay as they are
    return _DO[wish.understood](sms, wish, citizen, now)


def _cancel(sms: IncomingSms, wish: Wish, citizen: Person, now: datetime) -> Reply:
    if not wish.digits:
        return which_to_cancel(citizen, now)
    appointment = _own(citizen, wish)
    if appointment is None:
        return NO_SUCH
    try:
        cancel_appointment(appointment=appointment, by=citizen)
    except NotPossibleNow as refusal:
        return not_cancelled(appointment, type(refusal).__name__, now)
    return Reply("cancelled", about=appointment.reference)  # its own SMS says so


def _accept(sms: IncomingSms, wish: Wish, citizen: Person, now: datetime) -> Reply:
    if wish.digits and _own(citizen, wish) is None:
        return NO_SUCH
    waiting = _proposals(citizen, wish, now)
    if not waiting:
        return NOTHING_PROPOSED
    if len(waiting) > 1:
        return Reply(TOLD, "code_to_accept", {"count": len(waiting)})
    [proposal] = waiting
    if proposal.made_at > sms.received_at:  # of this hour the sender cannot have known
        return proposed(proposal, says="proposed_anew", result="ProposedAnew")
    return _take(proposal, uuid5(_BUTTONS, str(sms.pk)))


def _take(proposal: Proposal, key: UUID) -> Reply:
    reference = proposal.appointment.reference
    try:
        accept_proposal(appointment=proposal.appointment, key=key)
    except RuleBroken as refusal:
        why = {"why": type(refusal).__name__}
        if isinstance(refusal, Suspended):
            why["until"] = refusal.until.isoformat()
        return Reply(type(refusal).__name__, "not_accepted", why, reference)
    return Reply("accepted", about=reference)  # the SMS of the move says so


def _status(sms: IncomingSms, wish: Wish, citizen: Person, now: datetime) -> Reply:
    if not wish.digits:
        return how_all_stand(citizen, now)
    appointment = _own(citizen, wish)
    return how_it_stands(appointment, now) if appointment else NO_SUCH


def _nothing(sms: IncomingSms, wish: Wish, citizen: Person, now: datetime) -> Reply:
    return NOT_UNDERSTOOD


_DO: dict[Understood, Callable[[IncomingSms, Wish, Person, datetime], Reply]] = {
    Understood.CANCEL: _cancel,
    Understood.ACCEPT: _accept,
    Understood.STATUS: _status,
    Understood.NOTHING: _nothing,
}


def _own(citizen: Person, wish: Wish) -> Appointment | None:
    own = Appointment.objects.of(citizen).select_related("office", "service", "citizen")
    return own.filter(reference=wish.reference).first()


def _proposals(citizen: Person, wish: Wish, now: datetime) -> list[Proposal]:
    """Hours that wait for this citizen's answer; of one appointment, if a code is given."""
    waiting = Proposal.objects.open().filter(appointment__citizen=citizen, starts_at__gt=now)
    if wish.reference:
        waiting = waiting.filter(appointment__reference=wish.reference)
    return list(waiting.select_related("appointment__service", "slot__office").order_by("pk"))


def _may_be_answered(sms: IncomingSms, reply: Reply, now: datetime) -> bool:
    """Counts this answer: nobody, and no machine, makes us send more than a few."""
    limits = (
        [SMS_ANSWERS_WITHOUT_ACCOUNT]
        if reply.result == "NoAccount"
        else [SMS_ANSWERS_PER_HOUR, SMS_ANSWERS_PER_DAY]
    )
    try:
        count_within([(limit, sms.sender) for limit in limits], now)
    except TooOften:
        return False
    return True
