"""How much processor time programs have used, from /proc."""

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
PROC = Path("/proc")


def used_ms(root: int) -> float:
    """Of this process and all below it, those included that have ended meanwhile.

    Who just ends is counted twice or not at all; see databases.nobody_else().
    """
    times, parents = {}, {}
    for pid, fields in _all_processes():
        # Own time, and that of ended children.
        times[pid] = sum(map(int, fields[11:15]))
        parents[pid] = int(fields[1])
    return 1000 * sum(times[pid] for pid in below(root, parents)) / TICKS_PER_SECOND


def memory_mb(root: int) -> float:
    """What this process and all below it hold for themselves alone."""
    parents = {pid: int(fields[1]) for pid, fields in _all_processes()}
    return sum(_own_memory(pid) for pid in below(root, parents)) / 1e6


def below(root: int, parents: dict[int, int]) -> set[int]:
    """The process and its descendants, of all that `parents` names."""
    found = {root} & parents.keys()
    size = 0
    while len(found) > size:
        size = len(found)
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found


def fields_of(stat: str) -> list[str]:
    """Of /proc/…/stat, from the state on: a program's name stands before it and may be anything."""
    return stat.rpartition(")")[2].split()


def _all_processes() -> list[tuple[int, list[str]]]:
    found = []
    for folder in PROC.glob("[0-9]*"):
        try:
            found.append((int(folder.name), fields_of((folder / "stat").read_text())))
        except OSError:  # it has just ended
            continue
    return found


def _own_memory(pid: int) -> int:
    try:
        pages = (PROC / str(pid) / "statm").read_text().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * PAGE  # resident, without what is shared
