"""The outside world: a gateway that keeps what it was given."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from nobat.sms.gateways import Accepted, Incoming, Message, Never, SendFailed, TryAgain, Unknown
from nobat.sms.states import State

_lock = Lock()


class Killed(BaseException):
    """The worker dies here, as by kill -9: nothing of ours hears of it."""


class DiesAfterwards(Killed):
    """The provider took the message, and the worker died before it could note that."""


class TakenUnheard(SendFailed):
    """The provider took the message, and its answer was lost on the way."""


class KeepsAll:
    """Each send answers with the next of `answers`; then with all right.

    `meanwhile` is what happens in the world while it sends.
    """

    name = "outside"
    at_once = 1
    received: list[tuple[str, str]] = []
    taken: dict[int, str] = {}
    answers: list[BaseException | None] = []
    reported: dict[str, State] = {}
    kept: list[Incoming] = []
    rials: int | None = None
    meanwhile: Callable[[], None] | None = None

    @classmethod
    def begins_anew(cls) -> None:
        cls.received, cls.taken, cls.answers, cls.reported, cls.kept = [], {}, [], {}, []
        cls.rials, cls.meanwhile, cls.at_once = None, None, 1

    def send(self, message: Message) -> Accepted:
        cls = type(self)
        if cls.meanwhile:
            cls.meanwhile()
        with _lock:
            answer = cls.answers.pop(0) if cls.answers else None
            if answer is None or isinstance(answer, DiesAfterwards | TakenUnheard):
                cls.received.append((message.to, message.text))
                cls.taken[message.id] = f"provider-{len(cls.received)}"
        if isinstance(answer, TakenUnheard):
            raise unknown()
        if answer is not None:
            raise answer
        return Accepted(cls.taken[message.id], cost=300)

    def find(self, ids: Sequence[int]) -> Mapping[int, Accepted]:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return {id_: Accepted(self.taken[id_]) for id_ in ids if id_ in self.taken}

    def became(self, provider_ids: Sequence[str]) -> Mapping[str, State]:
        return {one: self.reported[one] for one in provider_ids if one in self.reported}

    def credit(self) -> int | None:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        return self.rials

    def reports(self, form: Mapping[str, str]) -> Mapping[str, State]:
        return {form["id"]: State(form["state"])}

    def incoming(self, form: Mapping[str, str]) -> Sequence[Incoming]:
        return [Incoming(form["id"], form["from"], form["text"])]

    def collect(self) -> Sequence[Incoming]:
        handed_out = list(self.kept)
        self.kept.clear()
        return handed_out


class Second(KeepsAll):
    """Another provider, should the first one take nothing."""

    name = "second"
    received: list[tuple[str, str]] = []
    taken: dict[int, str] = {}
    answers: list[BaseException | None] = []


class QuotesTheText(KeepsAll):
    """A provider's client that stumbles, with the whole message in its exception."""

    def send(self, message: Message) -> Accepted:
        raise RuntimeError(f"cannot send {message.text} to {message.to}: {message.values}")


def try_again() -> SendFailed:
    return TryAgain("busy")


def never() -> SendFailed:
    return Never("bad number")


def unknown() -> SendFailed:
    return Unknown("ReadTimeout")
