"""What a page that is the same for everybody still says of who reads it."""

from datetime import datetime

from nobat.people.hashing import mark_of_the_secret_key
from nobat.people.sessions import (
    LIVE_SESSION,
    SEEN_EVERY,
    STAFF_IDLE_FOR,
    STAFF_SEEN_EVERY,
)
from nobat.shared.prepared import AskedAlong

_READ = f"""
SELECT p.first_name {LIVE_SESSION.format("$1::text", "$2", "$3::timestamptz", "$4::timestamptz")}
    AND p.id IS NOT NULL AND s.seen_at >
        CASE WHEN s.second_factor_at IS NULL THEN $5::timestamptz ELSE $6::timestamptz END
"""


def first_name_asked_along(session_key: str, now: datetime) -> AskedAlong:
    """Of whoever is signed in with this session; no statement of its own where there is another.

    None where more is to be done than to answer: nobody is, or it must be written down that
    the session is in use (`SessionStore.note_seen`).
    """
    moments = (now, now - STAFF_IDLE_FOR, now - SEEN_EVERY, now - STAFF_SEEN_EVERY)
    values = [mark_of_the_secret_key(), session_key, *(each.isoformat() for each in moments)]
    return AskedAlong(_READ, values)
