import csv
import io

import openpyxl
import pytest

from nobat.offices.export_offices import offices_as_csv, offices_as_xlsx
from nobat.offices.import_offices import preview_import
from nobat.offices.models import Office, OfficeStatus
from tests.build import make_office, make_service

WRITE = [offices_as_csv, offices_as_xlsx]


@pytest.fixture
def offices(office, petition):
    brief = make_service("brief", "تنظیم و ثبت لایحه")
    make_office("0022", services=[petition, brief], status=OfficeStatus.SUSPENDED, is_exempt=True)
    make_office("23", name="=HYPERLINK(1)", manager="+کیان", address="-ارم", lat=29.612345678)
    return Office.objects.order_by("pk")


@pytest.mark.parametrize("write", WRITE)
def test_what_was_exported_and_comes_back_changes_nothing(offices, write):
    seen = preview_import(content=write(offices), file_name="x", by=None, province=None)

    assert seen.counts == {"added": 0, "changed": 0, "unchanged": 3, "refused": 0}
    assert seen.unknown == []


def test_a_csv_begins_with_the_mark_by_which_excel_knows_its_letters(offices):
    assert offices_as_csv(offices).startswith(b"\xef\xbb\xbf")


def test_no_cell_is_a_formula(offices):
    text = offices_as_csv(offices).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}] == []

    sheet = openpyxl.load_workbook(io.BytesIO(offices_as_xlsx(offices))).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_an_xlsx_keeps_the_zeros_and_reads_from_right_to_left(offices):
    sheet = openpyxl.load_workbook(io.BytesIO(offices_as_xlsx(offices))).active

    assert [row[0].value for row in sheet.iter_rows()] == ["کد", "1021", "0022", "23"]
    assert sheet.sheet_view.rightToLeft
