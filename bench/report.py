"""The table of a measurement, and the same as JSON."""

import json
import os
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bench.databases import connected
from bench.plan import Plan
from bench.result import Result, median_of
from nobat.local_postgres import VAR

FILE = VAR / "bench.json"
IN_JSON = ("rps", "p50_ms", "p99_ms", "app_cpu_ms", "db_cpu_ms")
HEADINGS = f"{'':<24}{'a second':>16}{'of limit':>10}{'p50 ms':>8}{'p99 ms':>8}"
HEADINGS += f"{'web ms':>8}{'db ms':>8}{'client':>8}{'refused':>9}"


def facts(plan: Plan) -> dict[str, Any]:
    with connected("postgres") as connection:
        [(postgres,)] = connection.execute("SHOW server_version").fetchall()
    packages = ("django", "granian", "psycopg")
    return {
        "processors": len(os.sched_getaffinity(0)),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "postgresql": postgres,
        **{name: version(name) for name in packages},
        # Above 0 the machine is not ours alone, and only ratios mean something.
        "load_before": round(os.getloadavg()[0], 2),
        **asdict(plan),
    }


def summary(rounds: dict[str, list[Result]]) -> dict[str, Any]:
    """`rounds`: by kind, one result per round; the limit is one of them."""
    found: dict[str, Any] = {"limit_tps": round(median_of(rounds["limit"]).rps, 1)}
    for name in [name for name in rounds if name != "limit"]:
        middle = asdict(median_of(rounds[name]))
        found[name] = {key: round(middle[key], 3) for key in IN_JSON}
        found[name]["client_cpu_ms"] = round(middle["client_cpu_ms"], 3)
        found[name]["ratio_to_limit"] = round(ratio(rounds, name), 4)
    return found


def ratio(rounds: dict[str, list[Result]], name: str) -> float:
    """Each round against the limit of the same round: both met the same neighbours."""
    pairs = zip(rounds[name], rounds["limit"], strict=True)
    return median(result.rps / limit.rps for result, limit in pairs)


def table(rounds: dict[str, list[Result]]) -> str:
    return "\n".join([HEADINGS, *(_line(rounds, name) for name in rounds)])


def write(found: dict[str, Any]) -> None:
    FILE.write_text(json.dumps(found, indent=2) + "\n")


def _line(rounds: dict[str, list[Result]], name: str) -> str:
    middle, rates = median_of(rounds[name]), [result.rps for result in rounds[name]]
    spread = f"{middle.rps:,.0f} ({min(rates):,.0f}–{max(rates):,.0f})"
    numbers = (
        middle.p50_ms,
        middle.p99_ms,
        middle.app_cpu_ms,
        middle.db_cpu_ms,
        middle.client_cpu_ms,
    )
    cells = "".join(f"{'–' if each is None else f'{each:.2f}':>8}" for each in numbers)
    return f"{name:<18}{spread:>22}{ratio(rounds, name):>10.1%}{cells}{middle.refused:>9.0f}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
