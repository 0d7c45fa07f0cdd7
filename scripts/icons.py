"""The drawings that pages use, gathered into one file of symbols."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

IN_TEMPLATE = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']""")
CONSTANT = re.compile(r"^_?(\w+_)?ICONS$")
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class NoSuchIcon(Exception):
    """A page names a drawing that the package does not have."""


def names_in_use(code: Path) -> list[str]:
    """Those that templates name, and the values of every constant called …ICONS."""
    return sorted({*_in_templates(code), *_in_constants(code)})


def _in_templates(code: Path) -> Iterator[str]:
    for template in code.rglob("*.html"):
        yield from IN_TEMPLATE.findall(template.read_text(encoding="utf-8"))


def _in_constants(code: Path) -> Iterator[str]:
    for file in code.rglob("*.py"):
        for line in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(line, ast.Assign | ast.AnnAssign) and _is_about_icons(line):
                yield from _texts(line.value)


def _is_about_icons(line: ast.Assign | ast.AnnAssign) -> bool:
    target = line.targets[0] if isinstance(line, ast.Assign) else line.target
    return isinstance(target, ast.Name) and bool(CONSTANT.match(target.id))


def _texts(value: ast.expr | None) -> list[str]:
    """The values of a dictionary, or else everything."""
    parts = value.values if isinstance(value, ast.Dict) else [value]
    nodes = (node for part in parts if part for node in ast.walk(part))
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


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
