"""How much processor time programs have used, from /proc."""

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def used_ms(root: int) -> float:
    """Of this process and all below it, those included that have ended meanwhile."""
    times, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # The program's name stands in brackets and may contain anything.
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        own, of_ended_children = fields[11:13], fields[13:15]
        parents[int(folder.name)] = int(fields[1])
        times[int(folder.name)] = sum(map(int, own + of_ended_children))
    return 1000 * sum(times[pid] for pid in _below(root, parents)) / TICKS_PER_SECOND


def _below(root: int, parents: dict[int, int]) -> set[int]:
    found = {root} & parents.keys()
    size = 0
    while len(found) > size:
        size = len(found)
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found
