"""Accounts that stand out by what is kept anyway: a hint for people, and never a consequence.

Nothing is stored for it: no address, no device, and not who was found. Every list is short and
every look has an end, however many people there are.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet

from nobat.appointments.models import Appointment, Status
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of
from nobat.people.codes import MOST_TRIES
from nobat.people.models import Person, SmsCode

LOOKED_BACK = timedelta(days=7)
CODES_LOOKED_BACK = timedelta(days=1)
MOST_SHOWN = 25
# Mobiles that follow each other so closely, each signed up so soon after the one beside it.
NEIGHBOURS_WITHIN_NUMBERS = 3
NEIGHBOURS_WITHIN = timedelta(hours=1)
FEWEST_NEIGHBOURS = 5
NEWEST_LOOKED_AT = 200_000
FEWEST_GIVEN_BACK = 8

_NEIGHBOURS = """
WITH newest AS (
    SELECT id, mobile::bigint AS number, joined_at FROM people_person
    WHERE erased_at IS NULL ORDER BY id DESC LIMIT %(newest)s
), steps AS (
    SELECT *, (
        number - lag(number) OVER beside <= %(within_numbers)s
        AND joined_at - lag(joined_at) OVER beside BETWEEN -%(within)s AND %(within)s
    ) IS NOT TRUE AS begins
    FROM newest WHERE joined_at >= %(since)s WINDOW beside AS (ORDER BY number)
), counted AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (ORDER BY number) AS series FROM steps
)
SELECT array_agg(id ORDER BY number), min(joined_at), max(joined_at) FROM counted
GROUP BY series HAVING count(*) >= %(fewest)s ORDER BY count(*) DESC, min(id) LIMIT %(most)s
"""


class Neighbours(NamedTuple):
    """Many mobiles that follow each other, signed up within a short time."""

    how_many: int
    first: Person  # by their numbers
    last: Person
    since: datetime
    until: datetime


class GivenBack(NamedTuple):
    """Somebody takes turns and deletes them, again and again."""

    person: Person
    taken: int
    deleted: int
    last: Appointment | None  # that was deleted


class WrongCodes(NamedTuple):
    """Every try of a code was wrong: somebody may be guessing."""

    code: SmsCode
    person: Person | None  # none: nobody has an account with this mobile


def neighbours(now: datetime) -> list[Neighbours]:
    """The longest series first; of the newest accounts alone, when there are very many."""
    values: dict[str, Any] = {
        "newest": NEWEST_LOOKED_AT,
        "since": now - LOOKED_BACK,
        "within": NEIGHBOURS_WITHIN,
        "within_numbers": NEIGHBOURS_WITHIN_NUMBERS,
        "fewest": FEWEST_NEIGHBOURS,
        "most": MOST_SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEIGHBOURS, values)
        series = cursor.fetchall()
    people = Person.objects.in_bulk({pk for ids, _, _ in series for pk in (ids[0], ids[-1])})
    return [
        Neighbours(len(ids), people[ids[0]], people[ids[-1]], since, until)
        for ids, since, until in series
    ]


def given_back(now: datetime) -> list[GivenBack]:
    """Whoever deleted most first; what a closure took, nobody has deleted."""
    deleted = _how_often(Act.CANCELLED_BY_CITIZEN, now - LOOKED_BACK)
    often = dict(deleted.filter(times__gte=FEWEST_GIVEN_BACK).order_by("-times", "by")[:MOST_SHOWN])
    taken = dict(_how_often(Act.BOOKED, now - LOOKED_BACK).filter(by__in=often))
    people = Person.objects.in_bulk([_id_in(name) for name in often])
    last = _last_deleted(list(people))
    return [
        GivenBack(person, taken.get(name_of(person), 0), often[name_of(person)], last.get(pk))
        for pk, person in ((pk, people[pk]) for pk in map(_id_in, often) if pk in people)
    ]


def asked_in_vain(now: datetime) -> list[Person]:
    """Who asked for turns so often that a wait was put on them; the last one first."""
    waited = Person.objects.filter(turns_paused_until__gte=now - LOOKED_BACK, erased_at=None)
    return list(waited.order_by("-turns_paused_until")[:MOST_SHOWN])


def wrong_codes(now: datetime) -> list[WrongCodes]:
    """The newest first; codes themselves are kept for a day or so."""
    wrong = SmsCode.objects.filter(
        tries__gte=MOST_TRIES, used_at=None, made_at__gte=now - CODES_LOOKED_BACK
    )
    codes = list(wrong.order_by("-made_at")[:MOST_SHOWN])
    found = Person.objects.filter(mobile__in=[code.mobile for code in codes])
    people = {person.mobile: person for person in found}
    return [WrongCodes(code, people.get(code.mobile)) for code in codes]


def _how_often(act: Act, since: datetime) -> QuerySet[Any, tuple[str, int]]:
    entries = JournalEntry.objects.filter(act=act, at__gte=since, by__startswith="people.Person:")
    return entries.values_list("by").annotate(times=Count("pk"))


def _last_deleted(people: Sequence[int]) -> dict[int, Appointment]:
    deleted = Appointment.objects.filter(
        citizen__in=people, status=Status.CANCELLED_BY_CITIZEN
    ).order_by("citizen", "-status_changed_at")
    return {each.citizen_id: each for each in deleted.distinct("citizen")}


def _id_in(name: str) -> int:
    return int(name.rpartition(":")[2])
