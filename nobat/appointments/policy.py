"""Every number the association may argue about, on one screen.

Those of Rules can be set anew from a day on (set_rule.py); an appointment is judged by the
rules of its own day. The constants are what holds as long as nobody has.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from random import SystemRandom
from time import time as now_in_seconds
from typing import Any, NamedTuple

from nobat.appointments.rules import Rule, RuleQuerySet

TURNS_PER_OFFICE_AND_DAY = 2  # of one citizen; published rule 3
CASES_PER_TURN = 2  # published rule 4
TURNS_IN_A_ROW = 2  # for one appointment, so four cases at most
FIRST_BOOKABLE_DAY = timedelta(days=1)  # no booking for today; published rule 6
BOOKING_HORIZON = timedelta(days=30)  # lunar holidays move: no further ahead
WEEK_WITHOUT_BOOKING = timedelta(days=7)  # after a no-show, in all offices; rule 5
GRACE_AFTER_LAST_TURN = timedelta(hours=1)  # then the working day has ended
LATE_AFTER = timedelta(minutes=15)  # whoever comes later stands behind those who were on time
SEAT_KEPT_FOR = timedelta(minutes=15)  # then the office may give it away; published rule 5
CAN_STILL_BE_ANSWERED = timedelta(days=30)  # outages, and days on which nobody was recorded
ASKED_AFTER_A_CLOSURE = timedelta(days=30)  # which other hour the citizen wants
PROPOSAL_HELD_FOR = timedelta(hours=36)  # after a closure; no longer than it can be booked
SAME_OFFICE_WITHIN = timedelta(days=7)  # then rather the nearest office with the service
REMIND_BETWEEN = (time(16), time(20))  # on the day before, by the clock of Tehran
REMINDED_UNTIL = time(21)  # what has not been sent by then would wake people up
OBJECTION_LETTERS = (10, 500)
# A freed seat is given again at a random moment between: nobody can give it up for somebody else.
SEAT_COMES_BACK_AFTER = (timedelta(minutes=1), timedelta(minutes=10))
# Of one citizen, so that nobody keeps an office empty by going from hour to hour.
MOVES_PER_HOUR = 5
DELETIONS_PER_HOUR = 5  # then no other turn until it is over
STILL_WORTH_TELLING = timedelta(days=1)  # that an appointment ended whose hour has come

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# A rule that was set holds in every process after at most so many seconds. It begins on the
# next day at the earliest, so nobody is judged by an old one.
_KEPT_FOR_SECONDS = 5


class Rules(NamedTuple):
    """What holds on one day."""

    turns_per_office_and_day: int = TURNS_PER_OFFICE_AND_DAY
    cases_per_turn: int = CASES_PER_TURN
    first_bookable_day: timedelta = FIRST_BOOKABLE_DAY
    booking_horizon: timedelta = BOOKING_HORIZON
    week_without_booking: timedelta = WEEK_WITHOUT_BOOKING
    grace_after_last_turn: timedelta = GRACE_AFTER_LAST_TURN
    seat_kept_for: timedelta = SEAT_KEPT_FOR
    late_after: timedelta = LATE_AFTER

    @property
    def most_cases(self) -> int:
        """For one appointment."""
        return self.cases_per_turn * TURNS_IN_A_ROW

    def turns_for(self, cases: int) -> int:
        """How many turns in a row that many cases take."""
        return -(-cases // self.cases_per_turn)


class Range(NamedTuple):
    """What the association may set a rule to, counted in its unit."""

    low: int
    high: int
    unit: timedelta | None = None  # None: turns or cases

    def counted(self, number: int) -> Any:
        """The number as Rules has it."""
        return number if self.unit is None else number * self.unit

    def number_of(self, value: Any) -> int:
        """What Rules has, as a number of units."""
        return int(value if self.unit is None else value / self.unit)


RANGES = {
    "turns_per_office_and_day": Range(1, 10),
    "cases_per_turn": Range(1, 10),
    "first_bookable_day": Range(1, 7, DAY),  # never today: that list is closed
    "booking_horizon": Range(7, 31, DAY),  # slots are published 35 days ahead
    "week_without_booking": Range(1, 30, DAY),
    "grace_after_last_turn": Range(0, 240, MINUTE),
    "seat_kept_for": Range(0, 60, MINUTE),
    "late_after": Range(0, 60, MINUTE),
}
MOST_CASES_EVER = RANGES["cases_per_turn"].high * TURNS_IN_A_ROW
FURTHEST_BOOKING = RANGES["booking_horizon"].high * DAY


def rules_on(day: date) -> Rules:
    """What the association has set for that day, and the defaults for the rest."""
    return _rules_on(day, _moment())


@lru_cache(maxsize=256)  # a calendar asks for each of its days
def _rules_on(day: date, moment: int) -> Rules:
    changed = {}
    for name, from_days in _standing(moment).items():
        begun = [number for valid_from, number in from_days if valid_from <= day]
        if begun:
            changed[name] = RANGES[name].counted(begun[-1])
    return Rules(**changed)


def turns_for(cases: int, day: date) -> int:
    """How many turns in a row that many cases take on that day."""
    return rules_on(day).turns_for(cases)


def bookable_days(today: date) -> tuple[date, date]:
    """The first and the last day that can be booked."""
    rules = rules_on(today)
    return today + rules.first_bookable_day, today + rules.booking_horizon


def days_with_other_turns(cases: int, turns: int, first: date, last: date) -> list[date]:
    """On which so many cases take another number of turns, because a rule changes."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if turns_for(cases, day) != turns]


def one_turn_takes_the_same(first: date, last: date) -> bool:
    """Whether a turn is for as many cases on each of these days: asked with each booking."""
    changes = _standing(_moment()).get("cases_per_turn", [])
    return not any(first < valid_from <= last for valid_from, _ in changes)


def seat_comes_back_at(now: datetime) -> datetime:
    """The moment, foreseen by nobody, from which a seat that is given up now is free again."""
    soonest, latest = (after.total_seconds() for after in SEAT_COMES_BACK_AFTER)
    return now + timedelta(seconds=SystemRandom().uniform(soonest, latest))


def coming_rules(today: date) -> RuleQuerySet:
    """What was set and has not begun, the next first; with who set it."""
    coming = Rule.objects.standing().filter(valid_from__gt=today)
    return coming.select_related("set_by").order_by("valid_from", "name")


def past_rules(today: date) -> RuleQuerySet:
    """What has begun, or was replaced before it did; the latest first, with who set it."""
    coming = coming_rules(today).values("pk")
    return Rule.objects.exclude(pk__in=coming).select_related("set_by").order_by("-set_at", "-pk")


def forget() -> None:
    """In this process the next question reads the table again."""
    _standing.cache_clear()
    _rules_on.cache_clear()


def _moment() -> int:
    return int(now_in_seconds() / _KEPT_FOR_SECONDS)


@lru_cache(maxsize=1)  # not a query more for each booking and each line of a list
def _standing(moment: int) -> dict[str, list[tuple[date, int]]]:
    """The numbers of each rule, by the day from which they hold."""
    found: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    rows = Rule.objects.standing().filter(name__in=RANGES).order_by("valid_from")
    for name, valid_from, number in rows.values_list("name", "valid_from", "value"):
        found[name].append((valid_from, number))
    return dict(found)
