"""The openings at which everybody wants to book at once, and how many have been let in."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings

from nobat.shared.jalali import TEHRAN, tehran_day

GATHERS_BEFORE = timedelta(minutes=10)
STAYS_AFTER = timedelta(minutes=30)


class Opening(NamedTuple):
    """While its waiting room is on, nobody books who has not been let in.

    Who has been is a matter of the clock alone: so many numbers a second.
    """

    at: datetime

    @property
    def closes_at(self) -> datetime:
        return self.at + STAYS_AFTER

    def admitted(self, now: datetime) -> int:
        """The last number that may go in."""
        return max(0, int((now - self.at).total_seconds() * settings.WAITING_ROOM_ADMITS))

    def wait_of(self, number: int, now: datetime) -> timedelta:
        """How long until this number may go in."""
        goes_in_at = self.at + timedelta(seconds=number / settings.WAITING_ROOM_ADMITS)
        return max(goes_in_at - now, timedelta())


def opening_now(now: datetime) -> Opening | None:
    """The opening whose waiting room is on; of two, the later one has begun to gather people."""
    if not settings.WAITING_ROOM_OPENINGS:
        return None
    today = tehran_day(now)
    moments = [
        datetime.combine(today + timedelta(days=days), clock, TEHRAN)
        for days in (-1, 0, 1)  # one shortly before midnight, or shortly after
        for clock in settings.WAITING_ROOM_OPENINGS
    ]
    on = [at for at in moments if at - GATHERS_BEFORE <= now < at + STAYS_AFTER]
    return Opening(max(on)) if on else None


def opening_ahead(now: datetime) -> Opening | None:
    """The opening for which people gather now: its waiting room is on, and nobody is let in yet."""
    opening = opening_now(now)
    return opening if opening and now < opening.at else None
