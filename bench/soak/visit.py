"""What people do on an ordinary day: a citizen from signing in to leaving, a clerk at a desk."""

import asyncio
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

from bench.asking import Asking, leads_to, status_of
from bench.browser import Browser
from bench.citizens import Citizens, is_a_page, is_booked, is_signed_in
from bench.clerks import is_checked_in
from bench.country import PASSWORD, SERVICE, session_key_of

THINKS = (0.1, 0.7)  # seconds before each page: quicker than people are, and fewer of them
PRINTS, MOVES, DELETES = 0.2, 0.2, 0.25  # of those who have booked
SIGNS_OUT = 0.5
REFUSALS = {b"403", b"409", b"429"}  # gone meanwhile, suspended, too many: said in words
_SESSION = re.compile(rb"\r\nset-cookie: *session=(\w+)")
BOOKED, REFUSED = "booked", "refused"


@dataclass
class Told:
    """What everybody was told, and how long they waited for it."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)  # neither what was asked nor a refusal
    waits: list[tuple[float, float]] = field(default_factory=list)  # moment, seconds

    def note(self, what: str, head: bytes, asked_at: float, *, is_good: bool) -> None:
        now = time.monotonic()
        self.waits.append((now, now - asked_at))
        if is_good:
            self.answers[what] += 1
        elif status_of(head) in REFUSALS:
            self.answers[REFUSED] += 1
        else:
            self.wrong[f"{what}: {status_of(head).decode()}"] += 1


@dataclass
class Visitor:
    """Somebody at a browser who thinks before each page."""

    asking: Asking
    browser: Browser
    chance: Random
    told: Told
    session: str = ""

    async def look(self, path: str, what: str) -> None:
        await self._ask(self.asking.page(path, self.session), what, is_a_page)

    async def send(
        self,
        path: str,
        fields: Mapping[str, object],
        what: str,
        is_good: Callable[[bytes], bool],
    ) -> bytes:
        return await self._ask(self.asking.form(path, fields, self.session), what, is_good)

    async def _ask(self, request: bytes, what: str, is_good: Callable[[bytes], bool]) -> bytes:
        await asyncio.sleep(self.chance.uniform(*THINKS))
        asked_at = time.monotonic()
        head = await self.browser.ask(request)
        self.told.note(what, head, asked_at, is_good=is_good(head))
        return head


async def visit(visitor: Visitor, citizens: Citizens) -> None:
    """A citizen signs in, looks around, books, looks at it, and sometimes thinks better of it."""
    proof = {"mobile": next(citizens.mobiles), "password": PASSWORD, "way": "password"}
    visitor.session = ""
    head = await visitor.send("/sign-in/", proof, "signed in", is_signed_in)
    visitor.session = session_in(head)
    slot, day, office = next(citizens.hours)
    await visitor.look(citizens.somewhere(), "search")
    await visitor.look(f"/offices/{office}/?day={day}&service={SERVICE}", "office page")
    head = await visitor.send(f"/offices/{office}/book/", _turn(slot), BOOKED, is_booked)
    if is_booked(head):
        await _look_after(visitor, citizens, reference_in(head))
    await visitor.look("/my/appointments/", "my turns")
    if visitor.chance.random() < SIGNS_OUT:
        await visitor.send("/sign-out/", {}, "signed out", is_home)


async def serve(visitor: Visitor, expected: deque[tuple[int, str]]) -> None:
    """A clerk checks in the next who is expected, and sees the day of the office."""
    clerk, reference = expected.popleft()
    visitor.session = session_key_of(clerk)
    path = f"/office/check-in/{reference}/"
    await visitor.send(path, {}, "checked in", is_checked_in)
    await visitor.look("/office/", "desk")


async def _look_after(visitor: Visitor, citizens: Citizens, reference: str) -> None:
    turn, chance = f"/my/appointments/{reference}/", visitor.chance
    await visitor.look(turn, "one turn")
    if chance.random() < PRINTS:
        await visitor.look(f"{turn}receipt.pdf", "receipt")
    if chance.random() < MOVES:
        slot, _, office = next(citizens.hours)
        wanted = _turn(slot) | {"office": office}
        await visitor.send(f"{turn}move/", wanted, "moved", is_booked)
    if chance.random() < DELETES:
        await visitor.send(f"{turn}cancel/", {}, "deleted", is_booked)


def _turn(slot: int) -> dict[str, object]:
    return {"slot": slot, "service": SERVICE, "cases": 1, "key": uuid4()}


def is_home(head: bytes) -> bool:
    return leads_to(head, b"/\r\n")


def session_in(head: bytes) -> str:
    """The key of the session that an answer begins; empty if it begins none."""
    found = _SESSION.search(head)
    return found[1].decode() if found else ""


def reference_in(head: bytes) -> str:
    """The tracking code that a booking leads to."""
    return head.partition(b"\r\nlocation: /my/appointments/")[2].partition(b"/")[0].decode()
