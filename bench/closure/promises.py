"""Whether an order kept what it promises: nobody lost, nobody told twice, nothing else touched."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench import COUNTRY
from bench.closure.plan import BUT_COUNTIES
from bench.databases import connected
from bench.invariants import Broken

RULES = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def verify(order_id: int, day: date, touched: Sequence[int]) -> int:
    """How many promises were kept. Raises Broken with those that were not."""
    values = {
        "order": order_id,
        "day": day,
        "touched": list(touched),
        "but_counties": BUT_COUNTIES,
    }
    with connected(COUNTRY) as connection:
        rows = connection.execute(RULES, values).fetchall()
    broken = [f"{count} {rule}" for rule, count in rows if count]
    if broken:
        raise Broken(", ".join(broken))
    return len(rows)
