"""What one measurement found, and the median of several."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Result:
    """Times per answer, in milliseconds. `rps`: how many good answers a second."""

    rps: float
    p50_ms: float
    p99_ms: float | None = None
    app_cpu_ms: float | None = None
    db_cpu_ms: float
    client_cpu_ms: float | None = None  # the measuring program's own
    refused: int = 0  # in words, as somebody who came too late


def median_of(results: Sequence[Result]) -> Result:
    rows = [asdict(result) for result in results]
    values = {name: [row[name] for row in rows] for name in rows[0]}
    return Result(**{name: _median(column) for name, column in values.items()})  # type: ignore[arg-type]


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
