"""How we speak with a provider: in time, and so that nothing of it is told to anybody else.

Whether a message was handed over decides what a failure is: "down" before it left, "unknown"
as soon as it may have arrived. No failure holds an address, a key, a number or a text.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import httpx

from nobat.sms.gateways import Down, Never, Refused, SendFailed, TryAgain, Unknown
from nobat.sms.gateways.deadline import DeadlineTransport, deadline

MOST_BYTES = 64 * 1024
MOST_CONNECTIONS = 100  # all lanes of a worker at once have fewer
# Shorter than any provider keeps one open: what it closes at that moment is a lost answer.
KEPT_SECONDS = 5
LARGEST = 2**63 - 1
# Neither the request nor its text is at fault, but that it comes from us, or comes here.
NOT_LET_IN = {401, 403, 404, 405, 407, 410}
NOT_NOW = {408, 425, 429}
_one_at_a_time = Lock()


class Patience(NamedTuple):
    """Seconds that we wait: for each step of an answer, and for all of it."""

    step: float = 8
    whole: float = 20  # less than send.LEASE by far


PATIENCE = Patience()


class Answer(NamedTuple):
    """The JSON object that a provider answered with, whatever HTTP status it has."""

    status: int
    said: Mapping[str, Any]

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 300


class Request(NamedTuple):
    """The rest of it never is in the address: what we say of people is in the form or JSON."""

    method: str
    url: str
    form: Mapping[str, str] | None = None
    json: Mapping[str, Any] | None = None
    auth: tuple[str, str] | None = None


def exchange(request: Request, patience: Patience = PATIENCE) -> Answer:
    """Ask, and return what was answered.

    Raises Down if nothing was handed over; Refused, TryAgain or Down if it was turned away
    without a word of the provider; Unknown if nobody can say.
    """
    status, body = _ask(request, patience)
    said = _object_in(body)
    if said is None or 300 <= status < 400:
        raise failure_of(status)
    return Answer(status, said)


def hand_over(request: Request, patience: Patience = PATIENCE) -> None:
    """To somebody who answers with a status alone; raises SendFailed unless it is 2xx."""
    status, _ = _ask(request, patience)
    if not 200 <= status < 300:
        raise failure_of(status)


def failure_of(status: int) -> SendFailed:
    """What an HTTP status means when the provider does not explain it in words of its own."""
    reason = f"HTTP {status}"
    if 200 <= status < 300:
        return Unknown(f"{reason}, but not what it should say")
    if status == 503:
        return Down(reason)
    if status in NOT_LET_IN:
        return Refused(reason)
    return TryAgain(reason) if 400 <= status < 500 else Unknown(reason)


@contextmanager
def question() -> Iterator[None]:
    """For what hands nothing over: there, no answer only means that there is none now."""
    try:
        yield
    except (Unknown, Never) as failure:
        reason = failure.reason
    else:
        return
    raise Down(reason)


def whole(value: object) -> int | None:
    """A number of the provider's, however it writes it; none if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= LARGEST else None


def _ask(request: Request, patience: Patience) -> tuple[int, bytes]:
    try:
        with deadline(patience.whole):
            return _read(request, patience)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as problem:
        failure: SendFailed = Down(type(problem).__name__)
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        failure = Unknown(type(problem).__name__)
    # Out here, so that what httpx raised does not hang on to it: it knows the address.
    raise failure


def _read(request: Request, patience: Patience) -> tuple[int, bytes]:
    sent = _client(patience.step).stream(
        request.method,
        request.url,
        data=request.form,
        json=request.json,
        auth=request.auth or httpx.USE_CLIENT_DEFAULT,
    )
    body = b""
    with sent as response:
        for piece in response.iter_raw():
            body += piece
            if len(body) > MOST_BYTES:
                return response.status_code, b""
        return response.status_code, body


def _client(step: float) -> httpx.Client:
    """One for all threads; it keeps connections."""
    with _one_at_a_time:  # else those who come first at once would each make one
        return _new_client(step)


@cache
def _new_client(step: float) -> httpx.Client:
    limits = httpx.Limits(
        max_connections=MOST_CONNECTIONS,
        max_keepalive_connections=MOST_CONNECTIONS,
        keepalive_expiry=KEPT_SECONDS,
    )
    return httpx.Client(
        transport=DeadlineTransport(limits),
        timeout=step,
        follow_redirects=False,
        trust_env=False,
        # Unpacking could make a great deal out of little.
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
    )


def _object_in(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
