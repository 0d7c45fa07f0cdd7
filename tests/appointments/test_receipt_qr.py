import re

import pytest
import typst
import zxingcpp
from PIL import Image

from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_qr import qr_svg
from tests.build import book, make_person

DRAWN = '#set page(width: 60mm, height: 60mm, margin: 8mm)\n#image("code.svg", width: 40mm)'


def read(svg, folder):
    """What a scanner sees on paper, at a coarse 150 dots per inch."""
    (folder / "code.svg").write_text(svg)
    (folder / "paper.typ").write_text(DRAWN)
    typst.compile(folder / "paper.typ", output=folder / "paper.png", format="png", ppi=150)
    with Image.open(folder / "paper.png") as paper:
        return [code.text for code in zxingcpp.read_barcodes(paper.convert("L"))]


@pytest.mark.parametrize(("first", "last"), [("سارا", "محمدی"), ("ق" * 60, "ژ" * 60)])
def test_a_scanner_reads_the_drawn_code(slot, petition, tmp_path, first, last):
    citizen = make_person(first, last, mobile="+989120000009")
    text = receipt_text(book(citizen, slot, petition))
    assert read(qr_svg(text), tmp_path) == [text]


def test_the_code_has_a_quiet_zone_and_no_inline_style():
    svg = qr_svg("1" * 320)
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    assert (size - 2 * 4 - 17) % 4 == 0  # the sizes of QR codes are 17 + 4 n
    assert "M4 4.5" in svg
    assert "style" not in svg
