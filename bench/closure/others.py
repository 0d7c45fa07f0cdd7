"""Citizens who go on booking while an order is carried out."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from threading import Event, Thread
from uuid import uuid4

from django.db import connection

from bench.closure.country import OFFERED, SEED, make_person
from bench.closure.plan import NEIGHBOURS, PROVINCE
from nobat.appointments.book import book_appointment
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.rules import RuleBroken

CITIZENS = 500
PAUSE = 0.02  # seconds between two bookings
AHEAD = timedelta(days=10)


def make_citizens() -> list[Person]:
    """Once in a country."""
    return [make_person(1 + each, "مینا", "رستمی") for each in range(CITIZENS)]


class Others(Thread):
    """One after the other, at offices of the province and around it, on that day and later."""

    def __init__(self, day: date, citizens: list[Person] | None = None) -> None:
        super().__init__(name="others")
        self.stopping = Event()
        self.answers: Counter[str] = Counter()
        self.problem: Exception | None = None
        self.chance = Random(SEED)
        self.citizens = citizens or make_citizens()
        slots = Slot.objects.filter(
            office__county__province__in=[PROVINCE, *NEIGHBOURS],
            day__range=(day, day + AHEAD),
            is_open=True,
        )
        self.slots = list(slots.order_by("pk").values_list("pk", flat=True))

    def run(self) -> None:
        try:
            while not self.stopping.wait(PAUSE):
                self.answers[self._book(self.chance.choice(self.citizens))] += 1
        except Exception as problem:
            self.problem = problem
        finally:
            connection.close()

    def _book(self, citizen: Person) -> str:
        try:
            turn = book_appointment(
                citizen=citizen,
                slot_id=self.chance.choice(self.slots),
                service=OFFERED[0],
                cases=self.chance.choice([1, 1, 1, 3]),
                key=uuid4(),
            )
        except RuleBroken as refusal:
            return type(refusal).__name__
        return turn.outcome


@contextmanager
def others_book(day: date) -> Iterator[Others]:
    others = Others(day)
    with at_it(others):
        yield others


@contextmanager
def at_it(others: Others) -> Iterator[None]:
    """They book until this is over; raises what stopped them before."""
    others.start()
    try:
        yield
    finally:
        others.stopping.set()
        others.join()
    if others.problem:
        raise others.problem
