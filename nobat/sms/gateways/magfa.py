"""Magfa, HTTP v2: https://messaging.magfa.com/ui/?public/wiki/api/http_v2

One message a request, in lists of one; our own id is its `uid`, by which `mid` finds what
became of a lost answer. What phones have sent to us it hands out once, when it is asked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from nobat.shared.jalali import TEHRAN
from nobat.sms.gateways import (
    Accepted,
    Blocked,
    Incoming,
    Message,
    Never,
    NoCredit,
    Refused,
    SendFailed,
    TryAgain,
)
from nobat.sms.gateways.http import (
    PATIENCE,
    Patience,
    Request,
    exchange,
    failure_of,
    question,
    whole,
)
from nobat.sms.states import State

WELL = 0
FAILURES: dict[type[SendFailed], set[int]] = {
    # On the operator's list, or on the phone's ("لغو ۱۱"), against lines like ours.
    Blocked: {27, 33},
    # The number or the text itself. 28, numbers that Magfa does not serve, too: another
    # provider might, but it is not asked as long as this one is well, and somebody who is
    # told at once that the phone hears nothing can call it.
    Never: {1, 3, 13, 28, 30, 35},
    NoCredit: {14},
    # Line (2, 20; 8: it may not send at this hour), account, password, contract, address.
    Refused: {2, 8, 16, 17, 18, 19, 20, 22, 25, 29},
    TryAgain: {15, 23},
}
NO_SUCH_UID = 24
BECAME = {1: State.DELIVERED, 2: State.UNDELIVERED}
MOST_COLLECTED = 100


class Magfa:
    name = "magfa"
    at_once = 32

    def __init__(self, patience: Patience = PATIENCE) -> None:
        self._patience = patience

    def send(self, message: Message) -> Accepted:
        said = self._exchange(
            "POST",
            "send",
            {
                "senders": [settings.MAGFA.line],
                "recipients": [message.to],
                "messages": [message.text],
                "uids": [message.id],
            },
        )
        return _accepted(_rows(said, "messages"), message.id)

    def find(self, ids: Sequence[int]) -> Mapping[int, Accepted]:
        """It remembers our ids for a day; one request for each."""
        found = {}
        with question():
            for own in ids:
                said = self._exchange("GET", f"mid/{own}", or_else=NO_SUCH_UID)
                mid = whole(said.get("mid")) or 0
                if mid > 0:
                    found[own] = Accepted(str(mid))
        return found

    def became(self, provider_ids: Sequence[str]) -> Mapping[str, State]:
        """It remembers for a day."""
        with question():
            said = self._exchange("GET", f"statuses/{','.join(provider_ids)}")
            reports = [
                (whole(row.get("mid")), whole(row.get("status"))) for row in _rows(said, "dlrs")
            ]
        return {str(mid): BECAME[status] for mid, status in reports if status in BECAME}

    def credit(self) -> int | None:
        with question():
            return whole(self._exchange("GET", "balance").get("balance"))

    def reports(self, form: Mapping[str, str]) -> Mapping[str, State]:
        return {}  # it says nothing by itself

    def incoming(self, form: Mapping[str, str]) -> Sequence[Incoming]:
        return []  # nor this

    def collect(self) -> Sequence[Incoming]:
        """At most a hundred. What its answer loses on the way is lost: it forgets them."""
        with question():
            rows = _rows(self._exchange("GET", f"messages/{MOST_COLLECTED}"), "messages")
        return [_incoming(row) for row in rows]

    def _exchange(
        self,
        method: str,
        path: str,
        json: Mapping[str, Any] | None = None,
        or_else: int = WELL,
    ) -> Mapping[str, Any]:
        """An answer that says "well", or `or_else`; raises what another one says."""
        user = f"{settings.MAGFA.username}/{settings.MAGFA.domain}"
        url = f"{settings.MAGFA.url}/api/http/sms/v2/{path}"
        auth = (user, settings.MAGFA.password)
        answer = exchange(Request(method, url, json=json, auth=auth), self._patience)
        code = whole(answer.said.get("status"))
        if (code == WELL and answer.is_well) or (code and code == or_else):
            return answer.said
        raise _failure_of(code, answer.status)


def _failure_of(code: int | None, http_status: int) -> SendFailed:
    for failure, codes in FAILURES.items():
        if code in codes:
            return failure(f"magfa {code}")
    if code and http_status < 300:
        return TryAgain(f"magfa {code}")
    return failure_of(http_status)


def _rows(said: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = said.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise failure_of(200)
    return rows


def _accepted(rows: Sequence[Mapping[str, Any]], own: int) -> Accepted:
    row = rows[0] if rows else {}
    code, mid = whole(row.get("status")), whole(row.get("id"))
    if code:
        raise _failure_of(code, 200)
    if code is None or not mid or whole(row.get("userId")) not in {own, None}:
        raise failure_of(200)
    return Accepted(str(mid), _cost(row))


def _cost(row: Mapping[str, Any]) -> int | None:
    """Rials; its `tariff` is that of one part."""
    tariff, parts = whole(row.get("tariff")), whole(row.get("parts"))
    return tariff * parts if tariff and parts and tariff > 0 and parts > 0 else None


def _incoming(row: Mapping[str, Any]) -> Incoming:
    """It gives them no id: the same words from the same phone at the same second are one."""
    sender, text, date = (str(row.get(name) or "") for name in ("senderNumber", "body", "date"))
    line = str(row.get("recipientNumber") or "")
    its = sha256("\0".join((sender, line, date, text)).encode()).hexdigest()[:40]
    return Incoming(its, sender, text, _moment(date))


def _moment(date: str) -> datetime | None:
    try:
        return datetime.strptime(date, "%Y-%m-%d %H:%M:%S").replace(tzinfo=TEHRAN)
    except ValueError:
        return None
