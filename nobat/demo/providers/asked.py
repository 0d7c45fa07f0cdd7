"""One request to a stand-in, and what a protocol makes of it."""

import json
from functools import cached_property
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlsplit

from nobat.demo.providers.kept import Kept, Taken
from nobat.demo.providers.mood import Mood


class Asked:
    """As the stand-in has read it."""

    def __init__(
        self, method: str, target: str, body: bytes, *, authorization: str, line: object
    ) -> None:
        address = urlsplit(target)
        self.method, self.path, self.query = method, address.path, address.query
        self.body, self.authorization = body, authorization
        self.line = line  # the connection that it came over

    @cached_property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.query or self.body.decode(), keep_blank_values=True))

    @cached_property
    def json(self) -> Any:
        return json.loads(self.body)


class Reply(NamedTuple):
    status: int
    said: dict[str, Any]


class SpeaksProtocol(Protocol):
    """What one provider answers; `Kept` is its memory."""

    name: str
    hands_over_by_itself: bool  # reports and messages, to an address of ours

    def is_hand_over(self, asked: Asked) -> bool:
        """Whether this request brings a message."""

    def answer(self, asked: Asked, kept: Kept, mood: Mood) -> Reply:
        """As the provider would; messages are taken."""

    def reports_of(self, taken: Taken) -> list[dict[str, str]]:
        """The forms in which it says by itself what becomes of a message, in their order."""
