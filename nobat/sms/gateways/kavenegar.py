"""Kavenegar: https://kavenegar.com/rest.html; its key stands in the address of each request.

A code goes by a template, if there is one: that lane reaches phones that have blocked
messages of companies. Everything else is plain text, with our own id as `localid`: the same
one again is answered with the message that was taken before, and sends no second one.
"""

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from nobat.sms.gateways import (
    Accepted,
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
    Answer,
    Patience,
    Request,
    exchange,
    failure_of,
    question,
    whole,
)
from nobat.sms.kinds import Kind
from nobat.sms.states import State
from nobat.sms.texts import CODE_FOR

WELL = 200
FAILURES: dict[type[SendFailed], set[int]] = {
    # The number or the text itself.
    Never: {411, 413, 414, 422},
    NoCredit: {418},
    # Account, key, address, line, contract; 407 and 416: our own address; 430: who we are.
    Refused: {401, 403, 404, 405, 407, 412, 416, 426, 427, 430, 501},
    TryAgain: {402, 409, 429, 451},
}
# Of a template: not there or not approved, not in our contract, not fit for our words.
TEMPLATE_FAULTS = {424, 426, 431, 432}
TEMPLATE_RESTS_SECONDS = 600
BECAME = {
    6: State.UNDELIVERED,
    10: State.DELIVERED,
    11: State.UNDELIVERED,
    13: State.UNDELIVERED,  # cancelled, by somebody at the provider
    14: State.BLOCKED,
}
NO_SUCH_MESSAGE = 100


class Kavenegar:
    name = "kavenegar"
    at_once = 32

    def __init__(self, patience: Patience = PATIENCE) -> None:
        self._patience = patience
        self._template_rests_until = 0.0

    def send(self, message: Message) -> Accepted:
        template = settings.KAVENEGAR.code_template
        if message.kind != Kind.CODE or not template or self._template_rests():
            return self._send_text(message)
        accepted = self._send_by_template(message, template)
        if accepted is not None:
            return accepted
        self._template_rests_until = time.monotonic() + TEMPLATE_RESTS_SECONDS
        return self._send_text(message)._replace(knew_template=False)

    def _template_rests(self) -> bool:
        return time.monotonic() < self._template_rests_until

    def _send_by_template(self, message: Message, template: str) -> Accepted | None:
        """None, if the message was not taken because of the template alone."""
        code_for = CODE_FOR[message.values["purpose"]]
        words = {"token": message.values["code"], "token10": code_for, "template": template}
        answer = self._exchange("verify/lookup", {"receptor": _local(message.to), **words})
        if _code_of(answer) in TEMPLATE_FAULTS:
            return None
        return _accepted(_entries_of(answer))._replace(knew_template=True)

    def _send_text(self, message: Message) -> Accepted:
        form = {
            "receptor": _local(message.to),
            "sender": settings.KAVENEGAR.line,
            "message": message.text,
            "localid": str(message.id),
        }
        return _accepted(_entries_of(self._exchange("sms/send", form)))

    def find(self, ids: Sequence[int]) -> Mapping[int, Accepted]:
        """It remembers our ids for twelve hours."""
        found: dict[int, Accepted] = {}
        for entry in self._ask("sms/statuslocalmessageid", localid=_list(ids)):
            own, its = whole(entry.get("localid")), whole(entry.get("messageid"))
            is_known = its and whole(entry.get("status")) != NO_SUCH_MESSAGE
            if is_known and own is not None and own in ids:
                found[own] = Accepted(str(its))
        return found

    def became(self, provider_ids: Sequence[str]) -> Mapping[str, State]:
        """It remembers for two days."""
        became: dict[str, State] = {}
        for entry in self._ask("sms/status", messageid=_list(provider_ids)):
            became |= _report(entry)
        return became

    def credit(self) -> int | None:
        with question():
            [account] = _entries_of(self._exchange("account/info", {}))
            return whole(account.get("remaincredit"))

    def reports(self, form: Mapping[str, str]) -> Mapping[str, State]:
        return _report(form)

    def incoming(self, form: Mapping[str, str]) -> Sequence[Incoming]:
        its, sender = whole(form.get("messageid")), form.get("from", "")
        if not its or not sender:
            return []
        return [Incoming(str(its), sender, form.get("message", ""), _moment(form.get("date")))]

    def collect(self) -> Sequence[Incoming]:
        return []  # it hands them over by itself

    def _ask(self, method: str, **form: str) -> Sequence[Mapping[str, Any]]:
        with question():
            return _entries_of(self._exchange(method, form))

    def _exchange(self, method: str, form: Mapping[str, str]) -> Answer:
        url = f"{settings.KAVENEGAR.url}/v1/{settings.KAVENEGAR.api_key}/{method}.json"
        return exchange(Request("POST", url, form=form), self._patience)


def _code_of(answer: Answer) -> int | None:
    envelope = answer.said.get("return")
    return whole(envelope.get("status")) if isinstance(envelope, dict) else None


def _entries_of(answer: Answer) -> Sequence[Mapping[str, Any]]:
    """What an answer that says "well" holds, one or more; otherwise raises what it says."""
    code = _code_of(answer)
    if code != WELL or not answer.is_well:
        raise _failure_of(code, answer.status)
    entries = answer.said.get("entries")
    if isinstance(entries, dict):  # of the account there is one
        entries = [entries]
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise failure_of(answer.status)
    return entries


def _failure_of(code: int | None, http_status: int) -> SendFailed:
    for failure, codes in FAILURES.items():
        if code in codes:
            return failure(f"kavenegar {code}")
    return failure_of(code if code and code >= 400 and http_status < 300 else http_status)


def _accepted(entries: Sequence[Mapping[str, Any]]) -> Accepted:
    its = whole(entries[0].get("messageid")) if entries else None
    if not its:
        raise failure_of(WELL)
    cost = whole(entries[0].get("cost"))
    return Accepted(str(its), cost if cost is not None and cost >= 0 else None)


def _report(said: Mapping[str, Any]) -> dict[str, State]:
    """What is said about one message; nothing as long as it is on its way, or not known."""
    its, status = whole(said.get("messageid")), whole(said.get("status"))
    return {str(its): BECAME[status]} if its and status in BECAME else {}


def _moment(seconds: object) -> datetime | None:
    try:
        told = whole(seconds)
        return datetime.fromtimestamp(told, UTC) if told and told > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _list(ids: Sequence[object]) -> str:
    return ",".join(map(str, ids))


def _local(mobile: str) -> str:
    return "0" + mobile.removeprefix("+98")
