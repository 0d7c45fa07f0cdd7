"""What others would write on the same schema, to compare with: plain Django, and the leanest."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bench.site import Site, served
from nobat.demo.serve import HOST, web_command

# Which row of the table each of them is measured for, beside ours.
ROWS = {
    "booking_orm": "booking",
    "booking_lean": "booking",
    "office_page_lean": "office_page",
    "search_lean": "search",
}


@contextmanager
def peers_serving(workers: int) -> Iterator[dict[str, Site]]:
    """Both of them, by the last word of their rows."""
    with ExitStack() as both:
        orm = served(lambda port: _orm_command(port, workers), settings="bench.peers.orm_settings")
        lean = served(lambda port: _lean_command(port, workers), settings="nobat.settings")
        yield {"orm": both.enter_context(orm), "lean": both.enter_context(lean)}


def _orm_command(port: int, workers: int) -> list[str]:
    *how, _ = web_command(port, workers)
    return [*how, "bench.peers.orm_site:application"]


def _lean_command(port: int, workers: int) -> list[str]:
    how = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    where = ["--host", HOST, "--port", str(port), "--workers", str(workers)]
    return [sys.executable, "-m", "uvicorn", "bench.peers.lean:application", *how, *where]
