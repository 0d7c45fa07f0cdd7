"""What happens is counted in this process, without a statement, for machines that watch over us.

Each process has a file of its own in METRICS_DIR, and /metrics sums them up: see decision 42.
A label is a word of our code, never anything that somebody typed.
"""

from functools import cache

from prometheus_client import Counter, Histogram

# The objective of a booking is half a second; of 150 pages, each line is kept as a series.
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
# Told apart from others of their class: both say that we are too busy, or somebody is.
_EXACTLY = {429, 503}

_REQUESTS = Histogram(
    "nobat_request_seconds",
    "Requests by the name of the page and the class of the status: how many, how long each took.",
    ["page", "method", "status"],
    buckets=SECONDS,
)
_TURNS = Counter(
    "nobat_turns",
    "What became of those who asked for a turn: Booked, Moved, Repeated, or the refusal.",
    ["outcome"],
)
_REFUSALS = Counter("nobat_refusals", "How often a rule said no, by its name.", ["kind"])
_CODES = Counter("nobat_codes", "SMS codes: queued, right, wrong or too late.", ["what"])
_WAITS = Histogram(
    "nobat_database_wait_seconds",
    "How long requests waited for a connection to the database.",
    ["outcome"],
    buckets=(0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5),
)


def count_request(page: str, method: str, status: int, seconds: float) -> None:
    """Never its address: that may hold a code."""
    _request(page, method, status).observe(seconds)


def count_turn(outcome: str) -> None:
    _turn(outcome).inc()


def count_refusal(kind: str) -> None:
    _refusal(kind).inc()


def count_code(what: str) -> None:
    _code(what).inc()


def count_wait(seconds: float, outcome: str = "made") -> None:
    """For whoever gets connections to the database: how long it took, and what came of it."""
    _wait(outcome).observe(seconds)


# Finding a series by its labels costs more than counting in it.
@cache
def _request(page: str, method: str, status: int) -> Histogram:
    said = str(status) if status in _EXACTLY else f"{status // 100}xx"
    return _REQUESTS.labels(page, method, said)


@cache
def _turn(outcome: str) -> Counter:
    return _TURNS.labels(outcome)


@cache
def _refusal(kind: str) -> Counter:
    return _REFUSALS.labels(kind)


@cache
def _code(what: str) -> Counter:
    return _CODES.labels(what)


@cache
def _wait(outcome: str) -> Histogram:
    return _WAITS.labels(outcome)
