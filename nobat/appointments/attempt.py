"""How often somebody may ask for a turn in vain, or take one and delete it: a program that grabs
hours is slowed down.

Who gets the turn pays nothing for it: only refusals are counted, and whether somebody has to
wait stands in the row of the person, which is read with the session anyway. In a rush nearly
everybody is refused once or twice, and a refusal must not write: the first few of somebody are
remembered by this process alone, and written down with the next one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count

from django.utils import timezone

from nobat.appointments import policy
from nobat.people import throttle
from nobat.people.models import Person
from nobat.people.throttle import Limit, TooOften
from nobat.shared.rules import RuleBroken

BEFORE_SLOWER = Limit(
    "turns refused",
    20,
    timedelta(minutes=10),
    "در چند دقیقه بارها ساعتی را خواسته‌اید که به شما نرسید. تا به دیگران هم برسد، کمی صبر کنید.",
)
PER_HOUR = Limit(
    "turns refused",
    60,
    timedelta(hours=1),
    "در این ساعت بارها نوبت خواسته یا حذف کرده‌اید. تا به دیگران هم برسد، صبر کنید.",
)
DELETED = Limit("turns deleted", policy.DELETIONS_PER_HOUR, timedelta(hours=1))
SLOWED_BY = timedelta(minutes=1)
REMEMBERED_ONLY = 5  # refusals of somebody, within BEFORE_SLOWER, of which nothing is written


@contextmanager
def attempt_of(citizen: Person) -> Iterator[None]:
    """Around one try to get a turn, or another one instead.

    Twenty refusals in ten minutes: after each further one a minute's wait. Sixty in an
    hour, or five turns deleted: none is asked for until it is over. Raises TooOften,
    without asking.
    """
    now = timezone.now()
    until = citizen.turns_paused_until
    if until and now < until:
        raise TooOften(PER_HOUR if until - now > SLOWED_BY else BEFORE_SLOWER, until, now)
    try:
        yield
    except RuleBroken:
        _count_refusal(citizen, now)
        raise


def _count_refusal(citizen: Person, now: datetime) -> None:
    number = next(_refusals(citizen.pk, throttle.window_of(BEFORE_SLOWER, now)))
    if number <= REMEMBERED_ONLY:
        return
    not_written = number if number == REMEMBERED_ONLY + 1 else 1
    tries = [(limit, str(citizen.pk)) for limit in (BEFORE_SLOWER, PER_HOUR)]
    in_minutes, in_hour = throttle.count_each(tries, now, not_written)
    if in_hour >= PER_HOUR.most:
        until = throttle.end_of(PER_HOUR, now)
    elif in_minutes >= BEFORE_SLOWER.most:
        until = now + SLOWED_BY
    else:
        return
    _pause(citizen, until)


def count_deleted(citizen: Person, now: datetime) -> None:
    """In the transaction of the act: its hour is kept from everybody for some minutes more.

    Deleting is never refused; who has deleted five within an hour takes no other turn in it.
    """
    if throttle.count(DELETED, str(citizen.pk), now) >= DELETED.most:
        _pause(citizen, throttle.end_of(DELETED, now))


def _pause(citizen: Person, until: datetime) -> None:
    Person.objects.filter(pk=citizen.pk).update(turns_paused_until=until)


def forget() -> None:
    """This process remembers no refusals."""
    _refusals.cache_clear()


@lru_cache(maxsize=50_000)
def _refusals(citizen_id: int, window: datetime) -> "count[int]":
    return count(1)
