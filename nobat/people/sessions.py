"""Where somebody is signed in: one row per device, for thirty days and not a day longer.

Those who work here are signed in for twelve hours, and no longer than they use it.

Django's session engine (SESSION_ENGINE) over our own table. A session and its person are
read in one statement; ending a session is deleting its row.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import get_random_string

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.device import device_in_words
from nobat.people.hashing import mark_of_the_secret_key
from nobat.people.models import Person, Session
from nobat.shared.prepared import prepared_cursor
from nobat.shared.reading_only import (
    is_for_reading_only,
    noted_by_the_way,
    time_without_writing,
)
from nobat.shared.sealed import digest

SIGNED_IN_FOR = timedelta(seconds=settings.SESSION_COOKIE_AGE)
# Nobody is signed in yet: a number that waits for its SMS code.
BEFORE_SIGN_IN_FOR = timedelta(hours=1)
SEEN_EVERY = timedelta(hours=1)
# Those who work here, with other people's data before them: a shift, and no longer idle.
STAFF_SIGNED_IN_FOR = timedelta(hours=12)
STAFF_IDLE_FOR = timedelta(minutes=15)
STAFF_SEEN_EVERY = timedelta(minutes=1)
SECOND_FACTOR_AT = "second_factor_at"

_OF_SESSION = [field.attname for field in Session._meta.concrete_fields]
_OF_PERSON = [field.attname for field in Person._meta.concrete_fields]
# By hand, because every page of somebody who is signed in begins with it. Whoever has another
# password by now, or lives under another secret key, is nobody here. Its values are the mark of
# the secret key, the session's key, the moment, and since when staff must have used it.
LIVE_SESSION = """
FROM people_session s LEFT JOIN people_person p ON p.id = s.person_id
    AND s.fits = encode(sha256(convert_to({} || p.password, 'UTF8')), 'hex')
WHERE s.session_key = {} AND s.expire_date > {}
    AND (s.second_factor_at IS NULL OR s.seen_at > {})
"""
_READ = f"""
SELECT {", ".join(f"s.{each}" for each in _OF_SESSION)},
    {", ".join(f"p.{each}" for each in _OF_PERSON)}
{LIVE_SESSION.format("%s", "%s", "%s", "%s")}
"""


class SessionStore(DatabaseStore):
    """What Django's middleware reads and writes; the row knows person and device."""

    user_agent = ""
    _row: Session | None = None
    _person: Person | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def person(self) -> Person | None:
        """Who is signed in here; one statement, and none without a cookie."""
        self.accessed = True  # the answer depends on who asks, and says so to caches
        if self._row is None and self.session_key:
            self._read()
        return self._person

    def note_seen(self, now: datetime) -> None:
        """Write down that the device is in use, at most once in SEEN_EVERY."""
        row = self._row
        if row is None or is_for_reading_only():
            return
        if now - row.seen_at < (STAFF_SEEN_EVERY if row.second_factor_at else SEEN_EVERY):
            return
        with noted_by_the_way():
            Session.objects.filter(pk=row.pk, seen_at=row.seen_at).update(seen_at=now)
            row.seen_at = now

    def is_of_staff(self) -> bool:
        """Whether the second factor was right here, and the session still counts for it."""
        return (
            self.person is not None and self._row is not None and bool(self._row.second_factor_at)
        )

    def create(self) -> None:
        self._row = self._person = None  # a new key: nothing of the row before holds for it
        super().create()

    def flush(self) -> None:
        super().flush()
        self._row = self._person = None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to write. Its end is counted from its start, not from this moment."""
        now = timezone.now()
        person_id = data.get(SESSION_KEY)
        started_at = self._row.started_at if self._row else now
        second_factor_at = _second_factor_at(data)
        ends_at = started_at + (SIGNED_IN_FOR if person_id else BEFORE_SIGN_IN_FOR)
        if second_factor_at:  # another password brings a new key, but no other twelve hours
            ends_at = second_factor_at + STAFF_SIGNED_IN_FOR
        row = Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=ends_at,
            person_id=person_id,
            device=self._row.device if self._row else device_in_words(self.user_agent),
            started_at=started_at,
            seen_at=self._row.seen_at if self._row else now,
            second_factor_at=second_factor_at,
            fits=data.get(HASH_SESSION_KEY, ""),
        )
        self._row = row
        return row

    def delete(self, session_key: str | None = None) -> None:
        Session.objects.filter(session_key=session_key or self.session_key).delete()

    def _get_session_from_db(self) -> Session | None:
        if self._row is None:
            self._read()
        return self._row

    def _read(self) -> None:
        now = timezone.now()
        with prepared_cursor() as cursor:
            cursor.execute(
                _READ, [mark_of_the_secret_key(), self.session_key, now, _staff_seen_after(now)]
            )
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return
        of_session, of_person = row[: len(_OF_SESSION)], row[len(_OF_SESSION) :]
        self._row = Session.from_db("default", _OF_SESSION, of_session)
        if of_person[0] is not None:
            self._person = Person.from_db("default", _OF_PERSON, of_person)

    def _validate_session_key(self, key: str | None) -> bool:
        # A cookie may hold anything, even letters that the database refuses.
        return bool(key) and set(key or "") <= set(VALID_KEY_CHARS)

    def _get_new_session_key(self) -> str:
        # 165 bits by chance: asking whether they are taken is a statement for nothing.
        return get_random_string(32, VALID_KEY_CHARS)


def sessions_of(person: Person) -> list[Session]:
    """The devices on which this person is signed in, the last used first."""
    live = _live(timezone.now()).filter(person=person)
    return list(live.order_by("-seen_at", "-started_at"))


def handle_of(session_key: str) -> str:
    """How a page names a session: the key itself opens the account and is shown nowhere."""
    return digest(session_key, "people.Session")[:24]


def end_session(*, person: Person, handle: str) -> bool:
    """End one of this person's sessions; whether there was one of that name."""
    keys = [each.session_key for each in sessions_of(person)]
    named = [key for key in keys if handle_of(key) == handle]
    return _end(person, Session.objects.filter(person=person, session_key__in=named)) > 0


def end_other_sessions(*, person: Person, this_session: str) -> int:
    """End all sessions of this person but the one with this key; how many ended."""
    others = Session.objects.filter(person=person).exclude(session_key=this_session)
    return _end(person, others)


def end_staff_sessions(person: Person) -> int:
    """End the sessions with a second factor: a role was lost. How many ended."""
    ended, _ = Session.objects.filter(person=person, second_factor_at__isnull=False).delete()
    return ended


def _staff_seen_after(now: datetime) -> datetime:
    """Whoever works here and was not seen since is idle. A time in which nobody could be noted
    as seen is not counted; the twelve hours go on in it. To be asked on a connection that is
    there, which knows what can be done on it."""
    return now - STAFF_IDLE_FOR - time_without_writing(within=STAFF_IDLE_FOR)


def _live(now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__gt=now).exclude(
        second_factor_at__isnull=False, seen_at__lte=_staff_seen_after(now)
    )


def _second_factor_at(data: dict[str, Any]) -> datetime | None:
    at = data.get(SECOND_FACTOR_AT) if data.get(SESSION_KEY) else None
    return datetime.fromisoformat(at) if at else None


def _end(person: Person, sessions: QuerySet[Session]) -> int:
    ended, _ = sessions.delete()
    if ended:
        now = timezone.now()
        record(Act.SESSIONS_ENDED, person, by=person, at=now, ended=ended)
    return ended
