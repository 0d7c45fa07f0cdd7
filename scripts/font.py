"""The page's font: Vazirmatn cut down to the letters and weights that we use."""

from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 800)
# Basic Latin, Persian letters and marks, both kinds of digits, quotation marks, dashes,
# and what must never fall out: the half-space (200C) and the ezafe (0654, 06C0).
LETTERS = (
    "0020-007E 00A0 00AB 00B7 00BB 00D7 060C 061B 061F 0621-063A 0640-0652 0654"
    " 0660-066C 0670 067E 0686 0698 06A9 06AF 06C0 06CC 06D5 06F0-06F9 200C-200F"
    " 2010-2014 2018-201D 2022 2026 2212 FDFC"
)


def cut_font(variable: Path, small: Path) -> None:
    fewer_weights = BytesIO()
    instantiateVariableFont(TTFont(variable), {"wght": WEIGHTS}).save(fewer_weights)
    font = TTFont(fewer_weights)
    subsetter = Subsetter(Options(layout_features=["*"], flavor="woff2"))
    subsetter.populate(unicodes=letters())
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(small)


def letters() -> set[int]:
    spans = (span.split("-") for span in LETTERS.split())
    return {letter for span in spans for letter in range(int(span[0], 16), int(span[-1], 16) + 1)}
