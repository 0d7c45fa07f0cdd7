"""Filling in what `deploy/country/` ships: `python3 -m drill.templates TEMPLATE VALUES`."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

_GAP = re.compile(r"@([A-Z][A-Z0-9_]*)@")
_LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


class NotFilled(Exception):
    """A template asks for a value that nobody has given."""


def fill(template: str, values: Mapping[str, str]) -> str:
    """Raises NotFilled with the names of the values that are missing."""
    missing = sorted(set(_GAP.findall(template)) - values.keys())
    if missing:
        raise NotFilled(f"no value for {', '.join(missing)}")
    return _GAP.sub(lambda gap: values[gap[1]], template)


def values_in(text: str) -> dict[str, str]:
    """Lines of NAME=value; others say nothing."""
    return dict(found.groups() for line in text.splitlines() if (found := _LINE.fullmatch(line)))


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    template, values = (Path(name).read_text(encoding="utf-8") for name in sys.argv[1:])
    try:
        sys.stdout.write(fill(template, values_in(values)))
    except NotFilled as problem:
        sys.exit(f"{sys.argv[1]}: {problem}")


if __name__ == "__main__":
    main()
