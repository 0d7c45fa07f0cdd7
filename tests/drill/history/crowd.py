"""A few people who act in the same moments, and what each of them was told."""

import time
from collections.abc import Callable
from random import Random
from threading import Lock
from uuid import uuid4

from django.db import Error

from drill.ledger import CONFIRMED, REFUSED, UNKNOWN, Told
from nobat.appointments.book import book_appointment
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment
from nobat.appointments.move import move_appointment
from nobat.shared.rules import RuleBroken
from nobat.visits.check_in import check_in
from tests.at_once import at_once

AT_ONCE = 4


class Crowd:
    """Everything is drawn by the seed: who acts in which round, and what they want."""

    def __init__(self, seed, *, people, slots, service, clerk):
        self.chance = Random(seed)
        self.people, self.slots, self.service, self.clerk = people, slots, service, clerk
        self.told: list[Told] = []
        self.held: dict[str, tuple] = {}  # tracking code → person, slot
        self._noting = Lock()

    def round(self) -> None:
        """One person in most of it, as with several windows; some press twice."""
        person, acts = self.chance.choice(self.people), []
        while len(acts) < AT_ONCE:
            who = person if self.chance.random() < 0.6 else self.chance.choice(self.people)
            acts += self._some_act(who)
        at_once(acts[:AT_ONCE])

    def comes(self, appointment) -> Callable[[], None]:
        told = {"slot": appointment.slot_id, "reference": appointment.reference}
        citizen = appointment.citizen_id

        def act():
            check_in(appointment=appointment, office=appointment.office, by=self.clerk)

        return lambda: self._note("check_in", citizen, act, **told)

    def deletes(self, appointment) -> Callable[[], None]:
        told = {"slot": appointment.slot_id, "reference": appointment.reference}
        person = appointment.citizen

        def act():
            cancel_appointment(appointment=appointment, by=person)

        return lambda: self._note("cancel", person.pk, act, **told)

    def _some_act(self, person) -> list[Callable[[], None]]:
        chosen = self.chance.random()
        mine = sorted(code for code, held in self.held.items() if held[0] == person)
        if mine and chosen < 0.15:
            return [self.deletes(Appointment.objects.get(reference=self.chance.choice(mine)))]
        if mine and chosen < 0.3:
            return [self._moves(Appointment.objects.get(reference=self.chance.choice(mine)))]
        booking = self._books(person, self.chance.choice(self.slots))
        return [booking] * self.chance.choice([1, 1, 2])

    def _books(self, person, slot) -> Callable[[], None]:
        key = uuid4()

        def act():
            wanted = {"slot_id": slot.pk, "service": self.service.code, "cases": 1, "key": key}
            turn = book_appointment(citizen=person, **wanted)
            self.held[turn.reference] = (person, slot)
            return turn.reference

        return lambda: self._note("book", person.pk, act, slot=slot.pk, key=str(key))

    def _moves(self, appointment) -> Callable[[], None]:
        slot, key = self.chance.choice(self.slots), uuid4()

        def act():
            wanted = {"slot_id": slot.pk, "service": self.service.code, "cases": 1, "key": key}
            move_appointment(appointment=appointment, **wanted)

        told = {"slot": slot.pk, "left": appointment.slot_id, "reference": appointment.reference}
        return lambda: self._note("move", appointment.citizen_id, act, key=str(key), **told)

    def _note(self, act: str, citizen: int, does: Callable, **told) -> None:
        began, answer, reason = time.time(), CONFIRMED, ""
        try:
            told["reference"] = does() or told["reference"]
        except RuleBroken as refusal:
            answer, reason = REFUSED, type(refusal).__name__
        except Error as problem:
            answer, reason = UNKNOWN, type(problem).__name__
        ended = time.time()
        note = Told(
            act=act, citizen=citizen, began=began, ended=ended, answer=answer, reason=reason, **told
        )
        with self._noting:
            self.told.append(note)
