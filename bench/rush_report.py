"""What became of a rush: its figures, and its picture."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.crowd import SOLD, TOO_LATE, Told
from bench.drawing import Curve, Panel, picture

SLOWEST_REFUSAL = 2.0  # seconds


@dataclass(frozen=True)
class Moment:
    """What was seen at one moment from outside."""

    at: float  # by a clock that began anywhere
    seats_left: int
    in_flight: int  # requests
    memory_mb: float  # of the web


def centile(values: Sequence[float], part: float) -> float:
    """The value that this part of them does not exceed; 0 if there is none."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def figures(
    told: Sequence[Told], moments: Sequence[Moment], *, people: int, seats: int
) -> dict[str, Any]:
    """What is said and kept of it."""
    times = defaultdict(list)
    for answer in told:
        times[answer.what].append(answer.took)
    refused = times[TOO_LATE]
    # Not the very first moments: buffers grow until everybody has been here once.
    third = max(len(moments) // 3, 1)
    early = median(moment.memory_mb for moment in moments[:third])
    late = median(moment.memory_mb for moment in moments[-third:])
    return {
        "people": people,
        "seats": seats,
        "answers": dict(Counter(answer.what for answer in told)),
        "sold": len(times[SOLD]),
        "seconds": round(max(answer.came_at for answer in told), 1),
        "answers_per_second": round(len(told) / max(answer.came_at for answer in told)),
        "refused_p50_s": round(centile(refused, 0.5), 3),
        "refused_p99_s": round(centile(refused, 0.99), 3),
        "refused_max_s": round(max(refused, default=0.0), 3),
        "page_p99_s": round(centile(times["page"], 0.99), 3),
        "memory_mb": round(early, 1),
        "memory_grew_mb": round(late - early, 1),
    }


def p99_by_second(told: Sequence[Told]) -> list[tuple[float, float]]:
    """Of the answers that came in each second of the rush, in seconds."""
    by_second = defaultdict(list)
    for answer in told:
        by_second[int(answer.came_at)].append(answer.took)
    return [(second + 0.5, centile(took, 0.99)) for second, took in sorted(by_second.items())]


def rush_picture(told: Sequence[Told], moments: Sequence[Moment]) -> str:
    began = moments[0].at
    last = int(moments[-1].at - began)
    ticks = [(second, f"{second} s") for second in range(0, last + 1, 2)]

    def curve(name: str, value: str) -> Curve:
        return Curve(name, [(each.at - began, getattr(each, value)) for each in moments])

    return picture(
        [
            Panel("Seats that are left", [curve("seats", "seats_left")], ticks),
            Panel("Requests on their way", [curve("requests", "in_flight")], ticks),
            Panel(
                "Slowest of a hundred answers, in seconds",
                [Curve("p99", p99_by_second(told))],
                ticks,
            ),
            Panel("Memory of the web, in MB", [curve("both processes", "memory_mb")], ticks),
        ]
    )


def say(found: dict[str, Any]) -> None:
    print("\n".join(f"{name:<22}{value}" for name, value in found.items()), flush=True)
