"""The receipt as a PDF on one sheet of A5."""

import json
from dataclasses import asdict
from pathlib import Path

import typst
from django.conf import settings

from nobat.appointments.models import Appointment
from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_qr import qr_svg
from nobat.appointments.receipt_words import receipt_words

TEMPLATE = Path(__file__).with_name("receipt.typ")
# The logo and the strip are the pages' own pictures.
PICTURES_UNDER = settings.BASE_DIR / "nobat"


def receipt_pdf(appointment: Appointment) -> bytes:
    """Raises NoReceipt unless the appointment stands."""
    drawn, warnings = typst.compile_with_warnings(
        str(TEMPLATE),
        root=str(PICTURES_UNDER),
        font_paths=[str(settings.FONTS_DIR)],
        # A missing font must not be replaced by whatever the machine has.
        ignore_system_fonts=True,
        sys_inputs={
            "words": json.dumps(asdict(receipt_words(appointment))),
            "qr": qr_svg(receipt_text(appointment)),
        },
        format="pdf",
    )
    if warnings:  # above all: the font is not there
        raise RuntimeError(f"The receipt cannot be drawn: {warnings[0].message}")
    return bytes(drawn)
