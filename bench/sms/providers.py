"""Both providers on this machine, what their phones received, and who watches them at it."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from nobat.demo.providers.asked import Asked
from nobat.demo.providers.kavenegar import SpeaksKavenegar
from nobat.demo.providers.magfa import SpeaksMagfa
from nobat.demo.providers.misbehave import Answers
from nobat.demo.providers.mood import Mood
from nobat.demo.providers.stand_in import StandIn

KAVENEGAR = "nobat.sms.gateways.kavenegar.Kavenegar"
MAGFA = "nobat.sms.gateways.magfa.Magfa"
KEY, LINE = "bench-key", "30001234"


class Phones:
    """Each message by its number and text, and how often it came."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.received: Counter[tuple[str, str]] = Counter()

    def receive(self, number: str, text: str) -> None:
        with self._lock:
            self.received[number, text] += 1

    @property
    def repeated(self) -> int:
        """How many came more often than once."""
        return sum(times - 1 for times in self.received.values())

    @property
    def most(self) -> int:
        return max(self.received.values(), default=0)


class Watched(StandIn):
    """Says how far each message has come, as it happens."""

    at_step: Callable[[str], None] | None = None
    under_way = 0

    def _answer(self, asked: Asked) -> Answers:
        if not self.protocol.is_hand_over(asked):
            yield from super()._answer(asked)
            return
        self.under_way += 1
        try:
            self._at("arrived")
            for piece in super()._answer(asked):
                self._at("taken")
                yield piece
            self._at("answered")
        finally:
            self.under_way -= 1

    def _at(self, step: str) -> None:
        if self.at_step:
            self.at_step(step)


@contextmanager
def provider(phones: Phones, name: str, **mood: object) -> Iterator[Watched]:
    """At work; whatever is started within knows where it is and what its key is."""
    if name == "kavenegar":
        speaks = SpeaksKavenegar(KEY, LINE)
    else:
        speaks = SpeaksMagfa("bench", "bench", KEY, LINE)
    stand_in = Watched(speaks, to_phone=phones.receive)
    stand_in.start()
    stand_in.mood = Mood(**mood)
    os.environ |= {
        "KAVENEGAR_API_KEY": KEY,
        "KAVENEGAR_LINE": LINE,
        "MAGFA_USERNAME": "bench",
        "MAGFA_DOMAIN": "bench",
        "MAGFA_PASSWORD": KEY,
        "MAGFA_LINE": LINE,
        f"{name.upper()}_URL": stand_in.url,
    }
    try:
        yield stand_in
    finally:
        stand_in.end()
