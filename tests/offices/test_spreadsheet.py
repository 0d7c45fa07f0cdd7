import csv
import io
import time
import zipfile
from datetime import date

import openpyxl
import pytest

from nobat.offices import spreadsheet
from nobat.offices.spreadsheet import NotASpreadsheet, TooLarge, read_lines

CELLS = ["کد", "نام مدیر"], ["1021", "علی کریمی"]


def csv_of(rows, *, separator=",", encoding="utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def xlsx_of(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells_of(content: bytes) -> tuple[list[str], ...]:
    return tuple(line.cells for line in read_lines(content))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_whatever_parts_its_cells(separator, encoding):
    assert cells_of(csv_of(CELLS, separator=separator, encoding=encoding)) == CELLS


def test_a_csv_that_excel_wrote_in_windows_1256_has_its_arabic_letters_made_persian():
    rows = [["كد", "نام مدير"], ["1021", "علي كريمي"]]

    assert cells_of(csv_of(rows, separator=";", encoding="windows-1256")) == CELLS


def test_commas_in_an_address_do_not_part_a_list_with_semicolons():
    rows = [["کد", "نشانی", "نام"], ["1", "ارم, کوچه ۵, پلاک ۱۲, طبقه ۲, واحد ۳", "سرو"]]

    assert cells_of(csv_of(rows, separator=";"))[1] == rows[1]


def test_an_xlsx_gives_the_numbers_as_they_are_seen():
    read = cells_of(xlsx_of([["کد", "عرض", "کشیک"], [1021, 29.61, True], [1022.0, None, False]]))

    assert read[1:] == (["1021", "29.61", "1"], ["1022", "", "0"])


def test_empty_lines_are_left_out_and_the_others_keep_their_number():
    content = xlsx_of([["کد", "نام"], [None, " "], [None], [1021, "سرو"]])

    assert [line.number for line in read_lines(content)] == [1, 4]


def test_half_spaces_stay_and_what_cannot_be_seen_goes():
    read = cells_of(csv_of([["کد", "نام"], ["‏۱۰۲۱", "خرم‌آباد\u200f  شمالی"]]))

    assert read[1] == ["۱۰۲۱", "خرم‌آباد شمالی"]


def test_the_apostrophe_that_keeps_a_formula_from_running_is_no_part_of_the_words():
    assert cells_of(csv_of([["کد", "نام"], ["1", "'=سرو"], ["2", "'سرو"]]))[1:] == (
        ["1", "=سرو"],
        ["2", "'سرو"],
    )


@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0 an old XLS",
        b"PK\x03\x04 half an archive",
        b"%PDF-1.7\0\0",
        b"\xff\xfe\x00",
        b'"' + b"x" * 200_000,
    ],
    ids=["xls", "broken", "binary", "half a letter", "one endless cell"],
)
def test_what_is_no_spreadsheet_is_refused(content):
    with pytest.raises(NotASpreadsheet):
        read_lines(content)


def test_an_archive_without_a_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")

    with pytest.raises(NotASpreadsheet):
        read_lines(file.getvalue())


def test_a_small_file_that_unpacks_without_end_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (31 * 1024 * 1024))
    assert len(file.getvalue()) < 100_000

    with pytest.raises(TooLarge):
        read_lines(file.getvalue())


def test_a_file_of_too_many_bytes_or_lines_is_refused(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MOST_LINES", 3)
    read_lines(csv_of([["1"]] * 3))
    for content in (csv_of([["1"]] * 4), b"1" * (spreadsheet.MOST_BYTES + 1)):
        with pytest.raises(TooLarge):
            read_lines(content)


def test_a_file_that_says_its_next_row_is_far_away_is_refused_on_the_way():
    with pytest.raises(TooLarge):
        read_lines(with_sheet(b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>'))


def test_a_million_cells_in_one_row_are_refused_before_they_are_read():
    began = time.process_time()
    with pytest.raises(TooLarge):
        read_lines(with_sheet(b"<row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>"))
    assert time.process_time() - began < 2


def test_the_longest_list_with_all_its_columns_is_read():
    row = b"<row>" + b'<c t="str"><v>x</v></c>' * 12 + b"</row>"
    assert len(read_lines(with_sheet(row * spreadsheet.MOST_LINES))) == spreadsheet.MOST_LINES


def test_a_hundred_thousand_rows_are_refused():
    with pytest.raises(TooLarge):
        read_lines(with_sheet(b"<row><c><v>1</v></c></row>" * 100_000))


def test_words_that_become_a_thousand_million_letters_are_refused():
    laughs = b"".join(
        b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
    )
    heading = b"<?xml version='1.0'?><!DOCTYPE x [" + laughs + b"]>"

    with pytest.raises(NotASpreadsheet):
        read_lines(with_sheet(b"<row><c t='str'><v>&l9;</v></c></row>", heading=heading))


def test_a_file_of_this_machine_cannot_be_asked_for():
    heading = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    row = b"<row><c t='str'><v>1021&f;</v></c></row>"

    with pytest.raises(NotASpreadsheet):
        read_lines(with_sheet(row, heading=heading))


def test_merged_cells_and_days_are_read_as_they_stand():
    book = openpyxl.Workbook()
    book.active.append(["کد", date(2026, 5, 2), 0.5, True])
    book.active.merge_cells("A2:C3")
    book.active["A2"] = "شیراز"
    book.create_sheet("دیگر").append(["نه"])
    file = io.BytesIO()
    book.save(file)

    assert cells_of(file.getvalue()) == (["کد", "2026-05-02 00:00:00", "0.5", "1"], ["شیراز"])


def with_sheet(rows: bytes, *, heading: bytes = b"") -> bytes:
    """An XLSX whose only sheet has been written by hand."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = b'<worksheet xmlns="%b"><sheetData>%b</sheetData></worksheet>' % (space, rows)
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_of([["1"]]))) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for part in whole.namelist():
            is_sheet = part == "xl/worksheets/sheet1.xml"
            other.writestr(part, heading + sheet if is_sheet else whole.read(part))
    return file.getvalue()
