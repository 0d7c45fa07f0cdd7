"""The outside world: a gateway that keeps what it was given."""

from collections.abc import Callable
from threading import Lock

from nobat.sms.gateways import SendFailed

_lock = Lock()


class Killed(BaseException):
    """The worker dies here, as by kill -9: nothing of ours hears of it."""


class KeepsAll:
    """Each send answers with the next of `answers`; then with all right.

    `meanwhile` is what happens in the world while it sends.
    """

    received: list[tuple[str, str]] = []
    answers: list[BaseException | None] = []
    meanwhile: Callable[[], None] | None = None

    def send(self, to: str, text: str) -> str:
        if KeepsAll.meanwhile:
            KeepsAll.meanwhile()
        with _lock:
            answer = self.answers.pop(0) if self.answers else None
            if answer is None or isinstance(answer, DiesAfterwards):
                self.received.append((to, text))
        if answer is not None:
            raise answer
        return "provider-7"


class DiesAfterwards(Killed):
    """The provider took the message, and the worker died before it could note that."""


def try_again() -> SendFailed:
    return SendFailed("busy", permanent=False)


def never() -> SendFailed:
    return SendFailed("bad number", permanent=True)
