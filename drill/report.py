"""What a drill found: a table for people, a list for programs."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from drill.places import FIGURES
from drill.trial import Outcome

BEGIN, END = "<!-- drill: the table -->", "<!-- drill: end of the table -->"
_KEPT = ("fault", "outage_s", "acknowledged", "lost", "oversold")
_MORE = ("struck", "allowed_s", "whole_s", "refused", "unknown", "pressed_again", "wrong")


def table(outcomes: Sequence[Outcome]) -> str:
    lines = [
        "| fault | what happens | outage, s | allowed, s | whole again after, s | confirmed |"
        " pressed again | lost | oversold | other findings |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {each.fault} | {each.what} | {each.outage_s:.1f} | {each.allowed_s:.0f} |"
        f" {each.whole_s:.1f} | {each.acknowledged:,} | {each.pressed_again} | {each.lost} |"
        f" {each.oversold} | {len(each.wrong)} |"
        for each in outcomes
    ]
    return "\n".join(lines)


def write(outcomes: Sequence[Outcome]) -> None:
    listed = [{name: getattr(each, name) for name in (*_KEPT, *_MORE)} for each in outcomes]
    FIGURES.write_text(json.dumps(listed, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def keep(outcomes: Sequence[Outcome], document: Path, *, facts: str) -> None:
    """In place of the table of the last drill."""
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    drawn = f"{date.today().isoformat()}, {facts}:\n\n{table(outcomes)}"  # noqa: DTZ011
    document.write_text(f"{before}{BEGIN}\n{drawn}\n{END}{after}", encoding="utf-8")
