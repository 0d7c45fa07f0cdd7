"""What half an hour left behind: figures, a picture, and whether anything grew."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any

from bench.drawing import Curve, Panel, picture
from bench.rush_report import centile
from bench.soak.visit import Told

# Caches have a bound, and reach it within the first half; after that nothing may grow.
MOST_GROWTH = 0.05
SLOWEST_P99 = 2.0  # seconds, in any minute


@dataclass(frozen=True)
class Moment:
    """What was seen at one moment from outside."""

    at: float  # seconds, by the clock of the visitors
    web_mb: float
    worker_mb: float
    database_mb: float  # of its processes, without the buffers that they share
    connections: int
    unsent: int  # messages that wait to be sent

    def memory(self) -> dict[str, float]:
        return {each.name: getattr(self, each.name) for each in fields(self)[1:4]}


def growth(moments: Sequence[Moment]) -> dict[str, float]:
    """By how much of itself each program's memory grew from the third quarter to the last."""
    quarter = len(moments) // 4
    before, after = moments[2 * quarter : 3 * quarter], moments[3 * quarter :]
    return {
        name: round(_memory(after, name) / _memory(before, name) - 1, 4)
        for name in moments[0].memory()
    }


def _memory(moments: Sequence[Moment], name: str) -> float:
    return median(moment.memory()[name] for moment in moments)


def p99_by_minute(told: Told, began: float) -> list[tuple[float, float]]:
    """Minute, and what one answer of a hundred took longer than, in seconds."""
    by_minute = defaultdict(list)
    for moment, seconds in told.waits:
        by_minute[int((moment - began) / 60)].append(seconds)
    return [(minute + 0.5, centile(took, 0.99)) for minute, took in sorted(by_minute.items())]


def figures(told: Told, moments: Sequence[Moment]) -> dict[str, Any]:
    """What is said and kept of it."""
    began, last = moments[0].at, moments[-1]
    return {
        "minutes": round((last.at - began) / 60, 1),
        "answers": len(told.waits),
        **dict(sorted(told.answers.items())),
        "wrong": dict(told.wrong),
        "p50_ms": round(1000 * centile([took for _, took in told.waits], 0.5), 1),
        "p99_ms": round(1000 * centile([took for _, took in told.waits], 0.99), 1),
        "worst_minute_p99_ms": round(1000 * max(p99 for _, p99 in p99_by_minute(told, began))),
        "memory_mb": {name: round(value, 1) for name, value in last.memory().items()},
        "grew": growth(moments),
        "connections_most": max(moment.connections for moment in moments),
        "unsent_most": max(moment.unsent for moment in moments),
        "unsent_at_the_end": last.unsent,
    }


def findings(found: dict[str, Any]) -> list[str]:
    """What is not as it has to be; empty if all is."""
    grew = [
        f"the memory of {name.removesuffix('_mb')} grew by {part:.1%} in the second half"
        for name, part in found["grew"].items()
        if part > MOST_GROWTH
    ]
    slow = found["worst_minute_p99_ms"] > 1000 * SLOWEST_P99
    return [
        *grew,
        *(f"{times} times {answer}" for answer, times in found["wrong"].items()),
        *(["people had to wait"] if slow else []),
        *(["messages were left"] if found["unsent_at_the_end"] else []),
    ]


def soak_picture(told: Told, moments: Sequence[Moment]) -> str:
    began = moments[0].at
    minutes = int((moments[-1].at - began) / 60) + 1
    ticks = [(float(minute), f"{minute} min") for minute in range(0, minutes + 1, 5)]

    def curve(name: str, value: str) -> Curve:
        return Curve(name, [((each.at - began) / 60, getattr(each, value)) for each in moments])

    memory = [
        curve("web", "web_mb"),
        curve("worker", "worker_mb"),
        curve("database", "database_mb"),
    ]
    slowest = [Curve("p99", [(at, 1000 * p99) for at, p99 in p99_by_minute(told, began)])]
    return picture(
        [
            Panel("Memory, in MB", memory, ticks),
            Panel("Slowest of a hundred answers, in milliseconds", slowest, ticks),
            Panel("Messages that wait to be sent", [curve("messages", "unsent")], ticks),
        ]
    )
