"""`python -m drill.inside.citizens LEDGER`: citizens book, move and delete over HTTP until SIGTERM.

Whoever gets no answer, or one that says nothing (an error, a broken connection, too much time),
presses again with the same key, as a person would. What they are told at last stands in the ledger.
"""

import http.client
import json
import signal
import sys
import time
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from random import Random
from threading import Event, Lock, Thread
from uuid import uuid4

from bench.asking import leads_to, status_of
from bench.country import SERVICE
from drill.inside.country import PEOPLE, People
from drill.inside.form import Form
from drill.ledger import CONFIRMED, REFUSED, UNKNOWN, Told, write
from nobat.appointments.book import REFUSALS
from nobat.appointments.move import SameHour
from nobat.shared.rules import RuleBroken

AT_ONCE = 6
PAUSE = 0.04  # seconds from one act to the next
PRESSES_AGAIN_AFTER = 0.4
GIVES_UP_AFTER = 90.0
HOT = 0.15  # of all bookings
SENTENCES: dict[str, type[RuleBroken]] = {
    refusal.message.split(". ")[0]: refusal for refusal in [*REFUSALS.values(), SameHour]
}


class Citizen(Thread):
    """One browser, which acts for one person after the other."""

    def __init__(self, number: int, people: People, ledger: Path, over: Event) -> None:
        super().__init__(name=f"citizen {number}")
        self.chance = Random(f"{ledger.name}{number}")
        self.people, self.ledger, self.over = people, ledger, over
        # Everybody has persons of their own, so that each person acts in one place at a time.
        self.persons = [each for each in people["sessions"] if int(each) % AT_ONCE == number]
        self.form = Form(people["sessions"])
        self.held: list[tuple[str, int, str]] = []  # person, slot, tracking code

    def run(self) -> None:
        while not self.over.is_set():
            told = self._act()
            with _writing:
                write([told], self.ledger)
            time.sleep(PAUSE)

    def _act(self) -> Told:
        chosen = self.chance.random()
        if self.held and chosen < 0.08:
            return self._cancel(*self._one_of_mine())
        if self.held and chosen < 0.2:
            return self._move(*self._one_of_mine())
        return self._book(self.chance.choice(self.persons))

    def _one_of_mine(self) -> tuple[str, int, str]:
        return self.held.pop(self.chance.randrange(len(self.held)))

    def _hour(self) -> tuple[int, str]:
        some = self.people["hot"] if self.chance.random() < HOT else self.people["hours"]
        slot, office = self.chance.choice(some)
        return slot, office

    def _book(self, person: str) -> Told:
        slot, office = self._hour()
        key = str(uuid4())
        fields = {"slot": slot, "service": SERVICE, "cases": 1, "key": key}
        told = self._press("book", person, slot, f"/offices/{office}/book/", fields, key=key)
        if told.answer == CONFIRMED:
            self.held.append((person, slot, told.reference))
        return told

    def _move(self, person: str, slot: int, reference: str) -> Told:
        wanted, office = self._hour()
        key = str(uuid4())
        fields = {"slot": wanted, "service": SERVICE, "cases": 1, "key": key, "office": office}
        path = f"/my/appointments/{reference}/move/"
        told = self._press(
            "move", person, wanted, path, fields, key=key, reference=reference, left=slot
        )
        if told.answer != UNKNOWN:
            self.held.append((person, wanted if told.answer == CONFIRMED else slot, reference))
        return told

    def _cancel(self, person: str, slot: int, reference: str) -> Told:
        path = f"/my/appointments/{reference}/cancel/"
        return self._press("cancel", person, slot, path, {}, reference=reference)

    def _press(
        self,
        act: str,
        person: str,
        slot: int,
        path: str,
        fields: Mapping[str, object],
        *,
        key: str = "",
        reference: str = "",
        left: int = 0,
    ) -> Told:
        began, presses = time.time(), 0
        answer, reason = UNKNOWN, ""
        while answer == UNKNOWN and (time.time() - began < GIVES_UP_AFTER or not presses):
            presses += 1
            answer, reason, found = self._once(act, path, fields, person)
            reference = reference or found
            if answer == UNKNOWN:
                time.sleep(PRESSES_AGAIN_AFTER)
        return Told(
            act=act,
            citizen=int(person),
            slot=slot,
            began=began,
            ended=time.time(),
            answer=answer,
            reason=reason,
            reference=reference,
            key=key,
            left=left,
            presses=presses,
        )

    def _once(
        self, act: str, path: str, fields: Mapping[str, object], person: str
    ) -> tuple[str, str, str]:
        try:
            head, body = self.form.send(path, fields, person)
        except (OSError, http.client.HTTPException) as problem:
            return UNKNOWN, type(problem).__name__, ""
        return what_it_says(act, head, body)


def what_it_says(act: str, head: bytes, body: str) -> tuple[str, str, str]:
    """Answer, reason, and the tracking code that a booking leads to."""
    if leads_to(head, b"/my/appointments/"):
        place = head.partition(b"\r\nlocation: /my/appointments/")[2]
        reference = place.split(b"\r")[0].strip(b"/").decode()
        return CONFIRMED, "", reference if act == "book" else ""
    if status_of(head) in (b"403", b"409", b"429"):
        return REFUSED, reason_in(body), ""
    if status_of(head) == b"404":
        return REFUSED, "there is no such appointment", ""
    return UNKNOWN, status_of(head).decode(), ""


def reason_in(body: str) -> str:
    text = unescape(body)
    return next((SENTENCES[each].__name__ for each in SENTENCES if each in text), "other")


_writing = Lock()


def main() -> None:
    over = Event()
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, lambda *_: over.set())
    people = json.loads(PEOPLE.read_text(encoding="utf-8"))
    citizens = [Citizen(number, people, Path(sys.argv[1]), over) for number in range(AT_ONCE)]
    for citizen in citizens:
        citizen.start()
    for citizen in citizens:
        citizen.join()


if __name__ == "__main__":
    main()
