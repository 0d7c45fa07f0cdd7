"""QR codes drawn as SVG without a single inline style; the receipt's is one of them."""

from io import BytesIO

import segno

QUIET_ZONE = 4  # modules of white around it, as scanners need


def qr_svg(digits: str) -> str:
    """An <svg> that takes the size of its box, for a page and for the PDF."""
    return svg_of(segno.make_qr(digits, mode="numeric", error="m"))


def svg_of(code: segno.QRCode) -> str:
    """The same of any QR code."""
    drawing = BytesIO()
    code.save(
        drawing,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass=None,
        lineclass=None,
    )
    return drawing.getvalue().decode()
