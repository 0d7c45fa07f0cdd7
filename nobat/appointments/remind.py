"""The SMS of the day before."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Status
from nobat.shared.jalali import TEHRAN, start_of_day, tehran_day
from nobat.sms.incoming import that_one_may_answer
from nobat.sms.lanes import Lane
from nobat.sms.models import Kind, State

# Few enough that nobody who deletes or moves meanwhile waits for long.
AT_ONCE = 2000

# Whoever is deleting or moving at this moment is waited for, and what is deleted then
# gets no reminder; whoever does so a moment later finds the reminder and lets it go.
_QUEUE = """
INSERT INTO sms_outgoingsms (
    kind, lane, about, occasion, "to", params, not_after, state, next_try_at, queued_at
)
SELECT %(kind)s, %(lane)s, t.reference, t.occasion, p.mobile,
    jsonb_build_object(
        'starts_at', t.starts_at, 'office', o.name, 'address', c.name || '، ' || o.address,
        'reference', t.reference) || %(more)s::jsonb,
    least(t.starts_at, %(not_after)s), %(waiting)s, %(now)s, %(now)s
FROM (
    SELECT a.*, %(kind)s || ':' || a.reference || ':' || a.moves AS occasion
    FROM appointments_appointment a
    WHERE a.status = %(booked)s AND a.day = %(day)s
      AND a.ends_at > %(tomorrow)s AND a.ends_at <= %(after)s
      AND a.status_changed_at < %(today)s
      AND NOT EXISTS (
        SELECT FROM sms_outgoingsms m
        WHERE m.occasion = %(kind)s || ':' || a.reference || ':' || a.moves)
    ORDER BY a.id LIMIT %(at_once)s
    FOR SHARE OF a
) t
JOIN people_person p ON p.id = t.citizen_id
JOIN offices_office o ON o.id = t.office_id
JOIN offices_county c ON c.id = o.county_id
ON CONFLICT (occasion) DO NOTHING
"""


def remind_of_tomorrow() -> int:
    """Background job: in the afternoon, one SMS for each appointment of tomorrow.

    Not for those agreed or moved today: their SMS has just come. A moved appointment is
    another event, so that it has its own. Returns how many were queued.
    """
    now = timezone.now()
    first, last = policy.REMIND_BETWEEN
    if not first <= now.astimezone(TEHRAN).time() < last:
        return 0
    values = _values(now)
    queued = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_QUEUE, values)
            queued += cursor.rowcount
            if cursor.rowcount < AT_ONCE:
                return queued


def _values(now: datetime) -> dict[str, Any]:
    today = tehran_day(now)
    tomorrow = today + timedelta(days=1)
    return {
        "kind": Kind.REMINDER.value,
        "lane": Lane.REMINDERS.value,
        "waiting": State.WAITING.value,
        "booked": Status.BOOKED.value,
        "more": json.dumps(that_one_may_answer()),
        "now": now,
        "today": start_of_day(today),
        "day": tomorrow,
        "tomorrow": start_of_day(tomorrow),
        "after": start_of_day(tomorrow + timedelta(days=1)),
        "not_after": datetime.combine(today, policy.REMINDED_UNTIL, TEHRAN),
        "at_once": AT_ONCE,
    }
