"""The receipt as a PDF on one sheet of A5."""

import json
from dataclasses import asdict
from pathlib import Path

from nobat.appointments.models import Appointment
from nobat.appointments.receipt import receipt_text
from nobat.appointments.receipt_qr import qr_svg
from nobat.appointments.receipt_words import receipt_words
from nobat.shared.typeset import typeset

TEMPLATE = Path(__file__).with_name("receipt.typ")


def receipt_pdf(appointment: Appointment) -> bytes:
    """Raises NoReceipt unless the appointment stands."""
    return typeset(
        TEMPLATE,
        words=json.dumps(asdict(receipt_words(appointment))),
        qr=qr_svg(receipt_text(appointment)),
    )
