"""The list of offices as a spreadsheet, in the form in which it can be imported again."""

import csv
import io
from collections.abc import Iterable, Iterator

import openpyxl
from openpyxl.utils import get_column_letter

from nobat.offices.known_places import known_places
from nobat.offices.models import Office
from nobat.offices.office_columns import COLUMNS
from nobat.offices.office_details import details_of
from nobat.offices.office_words import in_words
from nobat.offices.spreadsheet import FORMULA_SIGNS

_WIDTHS = {"name": 24, "manager": 24, "address": 48, "phone": 16, "services": 48}
_WIDTH = 12
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the letters for those of another alphabet


def offices_as_csv(offices: Iterable[Office]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_headings())
    writer.writerows(_rows(offices))
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


def offices_as_xlsx(offices: Iterable[Office]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("دفترها")
    sheet.sheet_view.rightToLeft = True
    sheet.freeze_panes = "B2"
    for place, name in enumerate(COLUMNS):
        letter = get_column_letter(place + 1)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _WIDTH)
    for row in (_headings(), *_rows(offices)):
        sheet.append(row)  # all text: a number would lose the zeros before it
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _headings() -> list[str]:
    return [column.title for column in COLUMNS.values()]


def _rows(offices: Iterable[Office]) -> Iterator[list[str]]:
    offices = list(offices)
    places = known_places()
    details = details_of(offices)
    for office in offices:
        words = in_words(vars(details[office.code]), places)
        words["status"] = office.get_status_display()
        yield [_no_formula(words[name]) for name in COLUMNS]


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
