"""Virtual citizens: each comes, looks at the office, thinks, and asks for an hour."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bench.asking import Asking, leads_to, status_of
from bench.browser import Browser, open_browser
from bench.citizens import book

SOLD, TOO_LATE, OTHER = "sold", "too late", "other"
THINKS = (0.5, 3.0)  # seconds, from the page to the button


@dataclass(frozen=True)
class HotHour:
    slot: int
    day: str
    office: str


@dataclass
class Told:
    """One answer, and when it came."""

    what: str  # page, or one of the above
    came_at: float  # seconds since the doors opened
    took: float


@dataclass
class Crowd:
    """Everybody of the story, and what each of them was told."""

    asking: Asking
    port: int
    service: str
    hours: Sequence[HotHour]
    chance: Random
    told: list[Told] = field(default_factory=list)
    in_flight: int = 0
    began: float = 0

    async def come(self, sessions: Sequence[str], seconds: float) -> None:
        """All of them within so many seconds, most of them in the first of these."""
        self.began = time.perf_counter()
        arrivals = arrival_curve(len(sessions), seconds, self.chance)
        pairs = zip(sessions, arrivals, strict=True)
        async with asyncio.TaskGroup() as everybody:
            for session, arrives_after in pairs:
                everybody.create_task(self._citizen(session, arrives_after))

    async def _citizen(self, session: str, arrives_after: float) -> None:
        await asyncio.sleep(arrives_after)
        first, second = self.chance.sample(self.hours, 2)
        async with open_browser(self.port) as browser:
            page = f"/offices/{first.office}/?day={first.day}&service={self.service}"
            await self._ask(browser, self.asking.page(page, session), is_page=True)
            for wanted in (first, second):  # whoever is refused tries one other hour
                await asyncio.sleep(self.chance.uniform(*THINKS))
                form = book(self.asking, wanted.office, wanted.slot, session)
                if await self._ask(browser, form) != TOO_LATE:
                    return

    async def _ask(self, browser: Browser, request: bytes, is_page: bool = False) -> str:
        asked_at = time.perf_counter()
        self.in_flight += 1
        try:
            head = await browser.ask(request)
        finally:
            self.in_flight -= 1
        now = time.perf_counter()
        what = what_it_says(head, is_page=is_page)
        self.told.append(Told(what, now - self.began, now - asked_at))
        return what


def what_it_says(head: bytes, *, is_page: bool) -> str:
    """The answer in a word."""
    if is_page and status_of(head) == b"200":
        return "page"
    if leads_to(head, b"/my/appointments/"):
        return SOLD
    return TOO_LATE if status_of(head) == b"409" and not is_page else OTHER


def arrival_curve(people: int, seconds: float, chance: Random) -> list[float]:
    """When each comes: at the opening most of all, half of them in the first third."""
    return sorted(seconds * chance.random() ** 1.6 for _ in range(people))
