"""An hour that was proposed is no longer given: its citizen is proposed another one."""

from django.db import connection, transaction
from django.utils import timezone

from nobat.appointments.models import Proposal
from nobat.appointments.propose import propose_once_more
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.sms.incoming import that_one_may_answer
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms

# A closure, a holiday or a shorter week has left a slot fewer seats than are kept in it.
# Whose seat was kept first keeps it.
_LOST = """
SELECT DISTINCT p.id FROM (
    SELECT h.kept_for, h.slot_id, s.offered - s.taken AS seats,
        row_number() OVER (PARTITION BY h.slot_id ORDER BY h.id) AS place
    FROM schedule_hold h JOIN schedule_slot s ON s.id = h.slot_id
    WHERE h.until > %(now)s AND s.held_until > %(now)s
) held
-- Not what the same appointment has left some minutes ago: that is promised to nobody.
JOIN appointments_proposal p ON p.appointment_id = held.kept_for AND p.answer = ''
    AND held.slot_id IN (p.slot_id, p.second_slot_id)
WHERE held.place > held.seats
ORDER BY p.id
"""


def renew_lost_proposals() -> int:
    """Background job: hold another hour for each whose own is gone, and say so by SMS.

    Each in a short transaction of its own. Whoever has none now is to be called. Returns
    how many there were.
    """
    return sum(_renew(proposal_id) for proposal_id in _lost())


def _lost() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LOST, {"now": timezone.now()})
        return [proposal_id for (proposal_id,) in cursor.fetchall()]


def _renew(proposal_id: int) -> bool:
    """All or nothing; False if somebody else was faster."""
    with transaction.atomic():
        found = Proposal.objects.select_related("appointment__citizen", "appointment__office")
        found.get(pk=proposal_id).appointment.citizen.lock()
        proposal = found.select_for_update(of=["self"]).get(pk=proposal_id)
        if proposal_id not in _lost():
            return False
        appointment, now, was_made_at = proposal.appointment, timezone.now(), proposal.made_at
        propose_once_more(proposal=proposal, now=now)
        record(Act.PROPOSED, appointment, by=None, at=now)
        if proposal.slot and proposal.starts_at and proposal.held_until:
            queue_sms(
                kind=Kind.PROPOSED_AGAIN,
                to=appointment.citizen.mobile,
                about=appointment.reference,
                occasion=f"proposed_again:{appointment.reference}:{was_made_at.timestamp()}",
                params={
                    "office": proposal.slot.office.name,
                    "proposed_at": proposal.starts_at.isoformat(),
                    "answer_until": proposal.held_until.isoformat(),
                    "reference": appointment.reference,
                    **that_one_may_answer(),
                },
                not_after=proposal.held_until,
            )
    return True
