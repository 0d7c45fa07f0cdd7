"""Citizens who book while the drill goes on, and a note of every turn that they were promised."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from threading import Event, Thread
from typing import NamedTuple
from uuid import uuid4

from django.db import connection

from bench.country import SERVICE
from nobat.appointments.book import book_appointment
from nobat.people.models import Person
from nobat.schedule.models import Slot
from nobat.shared.rules import RuleBroken

PAUSE = 0.02  # seconds between two bookings
SEED = 1405


class Promise(NamedTuple):
    """A turn of which its citizen was told, and when (seconds, as time.time() says)."""

    reference: str
    at: float


class Citizens:
    """They book one turn after the other at any office, until they are asked to stop."""

    def __init__(self) -> None:
        self.people = list(Person.objects.filter(mobile__startswith="+9891"))
        self.slots = list(Slot.objects.filter(is_open=True).values_list("pk", flat=True))
        self.chance = Random(SEED)
        self.promises: list[Promise] = []
        self.problem: Exception | None = None

    @contextmanager
    def booking(self) -> Iterator[None]:
        """Until this is left; raises what stopped them before."""
        stopping = Event()
        thread = Thread(target=self._book_until, args=[stopping], name="citizens")
        thread.start()
        try:
            yield
        finally:
            stopping.set()
            thread.join()
        if self.problem:
            raise self.problem

    def forget_after(self, moment: float) -> None:
        """Promises that were lost on purpose, with the mistake that was undone."""
        self.promises = [promise for promise in self.promises if promise.at <= moment]

    def _book_until(self, stopping: Event) -> None:
        try:
            while not stopping.wait(PAUSE):
                self._book()
        except Exception as problem:
            self.problem = problem
        finally:
            connection.close()

    def _book(self) -> None:
        try:
            turn = book_appointment(
                citizen=self.chance.choice(self.people),
                slot_id=self.chance.choice(self.slots),
                service=SERVICE,
                cases=1,
                key=uuid4(),
            )
        except RuleBroken:
            return
        self.promises.append(Promise(str(turn.reference), time.time()))
