"""The tables of figures to take home: one sheet each as XLSX, or all in one CSV."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from nobat.offices.spreadsheet import FORMULA_SIGNS
from nobat.shared.jalali import tehran_day
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.asked_figures import AskedFigures, asked_figures
from nobat.web.association.figure_tables import MORE_COLUMNS, Cell, Table
from nobat.web.association.figure_words import said_share
from nobat.web.association.figures_of import FiguresOf
from nobat.web.association.tables_of import tables_of
from nobat.web.download import download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH_OF_NAMES, _WIDTH = 32, 16


@require_safe
@association_only
def figures_spreadsheet(request: AssociationRequest) -> HttpResponse:
    asked = _asked(request)
    content = _workbook(tables_of(FiguresOf(asked), MORE_COLUMNS), asked)
    return download(content, content_type=XLSX, name=f"{_name(asked)}.xlsx")


@require_safe
@association_only
def figures_csv(request: AssociationRequest) -> HttpResponse:
    asked = _asked(request)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for table in tables_of(FiguresOf(asked), MORE_COLUMNS):
        writer.writerows([[table.title], table.heads, *_plain_rows(table), []])
    # With its mark, or Excel takes it for another alphabet.
    content = file.getvalue().encode("utf-8-sig")
    return download(content, content_type="text/csv; charset=utf-8", name=f"{_name(asked)}.csv")


def without_formula(text: str) -> str:
    """A name that no program takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _asked(request: AssociationRequest) -> AskedFigures:
    return asked_figures(request.GET, request.member, tehran_day(timezone.now()))


def _name(asked: AskedFigures) -> str:
    part = asked.part
    smallest = part.office or part.county or part.province
    code = f"-{smallest.code}" if smallest else ""
    return f"nobat-figures{code}-{asked.month.key}"


def _workbook(tables: list[Table], asked: AskedFigures) -> bytes:
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.title)
        sheet.sheet_view.rightToLeft = True
        sheet.freeze_panes = "B3"
        sheet.column_dimensions["A"].width = _WIDTH_OF_NAMES
        for letter in "BCDEFGHIJKLMNOP":
            sheet.column_dimensions[letter].width = _WIDTH
        sheet.append([f"{table.title} · {asked.place} · {asked.month.title}"])
        sheet.append([_bold(sheet, head) for head in table.heads])
        for row in table.rows:
            sheet.append([without_formula(row.name), *(_cell(sheet, cell) for cell in row.cells)])
    if not tables:
        book.create_sheet("آمار").append([f"{asked.place} · {asked.month.title}: چیزی شمرده نشده"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _bold(sheet: object, head: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=head)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: object, figure: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=figure.value)
    if figure.write is said_share:
        cell.number_format = "0.0%"
    elif isinstance(figure.value, float):
        cell.number_format = "0.0"
    else:
        cell.number_format = "#,##0"
    return cell


def _plain_rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        yield [without_formula(row.name), *(_plain(cell) for cell in row.cells)]


def _plain(cell: Cell) -> str:
    if cell.value is None:
        return ""
    return f"{cell.value:.4f}" if isinstance(cell.value, float) else str(cell.value)
