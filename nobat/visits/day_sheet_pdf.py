"""The sheet of an office's day as a PDF on A4."""

import json
from dataclasses import asdict
from pathlib import Path

from nobat.shared.typeset import typeset
from nobat.visits.day_sheet import DaySheet

TEMPLATE = Path(__file__).with_name("day_sheet.typ")


def day_sheet_pdf(sheet: DaySheet) -> bytes:
    return typeset(TEMPLATE, words=json.dumps(asdict(sheet)))
