"""What Magfa would answer (messaging.magfa.com/ui/?public/wiki/api/http_v2)."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nobat.demo.providers.asked import Asked, Reply
from nobat.demo.providers.kept import RIALS_A_PART, Kept, Taken, has_arrived, in_its_order
from nobat.demo.providers.mood import Manner, Mood
from nobat.shared.jalali import TEHRAN

BASE = "/api/http/sms/v2/"
WELL, BAD_RECIPIENT, NO_CREDIT, WRONG_PASSWORD, NO_SUCH_METHOD = 0, 1, 14, 18, 25
WRONG_LINE, EMPTY, TOO_MANY = 2, 13, 107
# The request as a whole is refused with these, a single message with any other.
OF_THE_WHOLE = {15, 16, 17, 18, 19, 22, 23, 29, 31}
NOT_FOUND, ON_ITS_WAY, DELIVERED = -1, 8, 1
MOST_IDS = 100


@dataclass
class SpeaksMagfa:
    user: str
    domain: str
    password: str
    line: str
    credit: int = 90_000_000
    name: str = "magfa"
    hands_over_by_itself: bool = False

    def is_hand_over(self, asked: Asked) -> bool:
        return asked.path == f"{BASE}send"

    def answer(self, asked: Asked, kept: Kept, mood: Mood) -> Reply:
        if not self._lets_in(asked) or mood.manner == Manner.KEY_REFUSED:
            return Reply(200, {"status": WRONG_PASSWORD})
        method, _, which = asked.path.removeprefix(BASE).partition("/")
        known: dict[str, Callable[[Asked, str, Kept, Mood], dict[str, Any]]] = {
            "send": self._send,
            "mid": self._mid,
            "statuses": self._statuses,
            "balance": self._balance,
            "messages": self._messages,
        }
        if method not in known:
            return Reply(200, {"status": NO_SUCH_METHOD})
        return Reply(200, known[method](asked, which, kept, mood))

    def _lets_in(self, asked: Asked) -> bool:
        said = f"{self.user}/{self.domain}:{self.password}"
        return asked.authorization == f"Basic {base64.b64encode(said.encode()).decode()}"

    def _send(self, asked: Asked, which: str, kept: Kept, mood: Mood) -> dict[str, Any]:
        if mood.refuses_with in OF_THE_WHOLE:
            return {"status": mood.refuses_with}
        said = asked.json
        each = zip(said["senders"], said["recipients"], said["messages"], said["uids"], strict=True)
        rows = [self._row(*one, kept=kept, mood=mood) for one in each]
        return {"status": WELL, "messages": in_its_order(rows, mood)}

    def _row(
        self, line: str, to: str, text: str, own: int, *, kept: Kept, mood: Mood
    ) -> dict[str, object]:
        refusal = self._refusal(line, to, text, mood)
        if refusal:
            return {"status": refusal, "userId": own, "recipient": to.removeprefix("+")}
        taken = kept.take(own, to, text)
        return {
            "status": WELL,
            "id": taken.id,
            "userId": own,
            "parts": taken.parts,
            "tariff": float(RIALS_A_PART),
            "alphabet": "DEFAULT" if text.isascii() else "UCS2",
            "recipient": to.removeprefix("+"),
        }

    def _refusal(self, line: str, to: str, text: str, mood: Mood) -> int | None:
        if mood.manner == Manner.NO_CREDIT:
            return NO_CREDIT
        if mood.refuses_with:
            return mood.refuses_with
        if line != self.line:
            return WRONG_LINE
        if not re.fullmatch(r"(\+?98|0)?9\d{9}", to):
            return BAD_RECIPIENT
        return None if text else EMPTY

    def _mid(self, asked: Asked, which: str, kept: Kept, mood: Mood) -> dict[str, Any]:
        taken = kept.of_own(int(which))
        return {"status": WELL, "mid": taken.id if taken else NOT_FOUND}

    def _statuses(self, asked: Asked, which: str, kept: Kept, mood: Mood) -> dict[str, Any]:
        ids = [int(one) for one in which.split(",")]
        if len(ids) > MOST_IDS:
            return {"status": TOO_MANY}
        rows: list[dict[str, object]] = [
            {"mid": id_, "status": _status(kept.of_id(id_), mood), "date": _now()} for id_ in ids
        ]
        return {"status": WELL, "dlrs": in_its_order(rows, mood)}

    def _balance(self, asked: Asked, which: str, kept: Kept, mood: Mood) -> dict[str, Any]:
        is_empty = mood.manner == Manner.NO_CREDIT
        left = 0 if is_empty else self.credit - len(kept) * RIALS_A_PART
        return {"status": WELL, "balance": left}

    def _messages(self, asked: Asked, which: str, kept: Kept, mood: Mood) -> dict[str, Any]:
        rows: list[dict[str, object]] = [
            {
                "body": heard.text,
                "senderNumber": heard.sender.removeprefix("+"),
                "recipientNumber": heard.line,
                "date": f"{datetime.fromtimestamp(heard.at, TEHRAN):%Y-%m-%d %H:%M:%S}",
            }
            for heard in kept.hand_out(int(which))
        ]
        return {"status": WELL, "messages": rows}

    def reports_of(self, taken: Taken) -> list[dict[str, str]]:
        return []


def _status(taken: Taken | None, mood: Mood) -> int:
    if taken is None:
        return NOT_FOUND
    return DELIVERED if has_arrived(taken, mood) else ON_ITS_WAY


def _now() -> str:
    return f"{datetime.now(TEHRAN):%Y-%m-%d %H:%M:%S}"
