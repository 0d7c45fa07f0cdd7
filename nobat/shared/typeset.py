"""Paper: a PDF typeset from a template, with our own letters and pictures alone."""

from pathlib import Path

import typst
from django.conf import settings

# The logo and the strip are the pages' own pictures.
PICTURES_UNDER = settings.BASE_DIR / "nobat"


def typeset(template: Path, **inputs: str) -> bytes:
    """The inputs come to the template as text in `sys.inputs`, never as source."""
    drawn, warnings = typst.compile_with_warnings(
        str(template),
        root=str(PICTURES_UNDER),
        font_paths=[str(settings.FONTS_DIR)],
        # A missing font must not be replaced by whatever the machine has.
        ignore_system_fonts=True,
        sys_inputs=inputs,
        format="pdf",
    )
    if warnings:  # above all: the font is not there
        raise RuntimeError(f"{template.name} cannot be typeset: {warnings[0].message}")
    return bytes(drawn)
