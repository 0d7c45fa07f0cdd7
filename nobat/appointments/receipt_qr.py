"""The QR code on a receipt, drawn as SVG without a single inline style."""

from io import BytesIO

import segno

QUIET_ZONE = 4  # modules of white around it, as scanners need


def qr_svg(digits: str) -> str:
    """An <svg> that takes the size of its box, for a page and for the PDF."""
    drawing = BytesIO()
    segno.make_qr(digits, mode="numeric", error="m").save(
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
