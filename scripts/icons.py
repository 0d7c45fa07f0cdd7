"""The drawings that pages use, gathered into one file of symbols."""

import re
from collections.abc import Iterator
from pathlib import Path

IN_TEMPLATE = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']""")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class NoSuchIcon(Exception):
    """A page names a drawing that the package does not have."""


def names_in_use(templates: Path, chosen_by_code: Path) -> list[str]:
    """Those that templates name, and those listed because code chooses among them."""
    listed = chosen_by_code.read_text(encoding="utf-8").split()
    return sorted({*listed, *_names_in(templates)})


def _names_in(templates: Path) -> Iterator[str]:
    for template in templates.rglob("*.html"):
        yield from IN_TEMPLATE.findall(template.read_text(encoding="utf-8"))


def sprite(names: list[str], package: Path) -> str:
    """One <symbol> for each name; raises NoSuchIcon with all that are unknown."""
    unknown = [name for name in names if not (package / f"{name}.svg").exists()]
    if unknown:
        raise NoSuchIcon(f"bootstrap-icons has no {', '.join(unknown)}")
    symbols = [
        f'<symbol id="{name}" viewBox="0 0 16 16">{_drawing(package, name)}</symbol>'
        for name in names
    ]
    head = '<svg xmlns="http://www.w3.org/2000/svg">'
    return "\n".join([head, *symbols, "</svg>"]) + "\n"


def _drawing(package: Path, name: str) -> str:
    drawing = DRAWING.search((package / f"{name}.svg").read_text(encoding="utf-8"))
    if drawing is None:
        raise NoSuchIcon(f"the file of {name} is no drawing")
    return re.sub(r"\s*\n\s*", "", drawing[1])
