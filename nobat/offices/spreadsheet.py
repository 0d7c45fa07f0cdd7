"""Reading a list out of a spreadsheet: CSV as programs in Persian write it, or XLSX."""

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import openpyxl

from nobat.shared.persian import clean, fa_digits
from nobat.shared.rules import RuleBroken

MOST_BYTES = 5 * 1024 * 1024
# What the parts of an XLSX may come to when unpacked: a small file can hide gigabytes.
MOST_BYTES_UNPACKED = 30 * 1024 * 1024
# And how many tags they may have: a million cells are read for many seconds. The longest list of
# ours has a third of that.
MOST_TAGS = 1_500_000
MOST_LINES = 10_000
MOST_ROWS = 30_000  # empty ones too: a file may say that its next row is the thousand millionth
MOST_CELLS_OF_A_LINE = 60
MOST_LETTERS_OF_A_CELL = 2_000
_XLSX, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_LINES_THAT_TELL = 20  # from which it is seen what separates the cells
_SEPARATORS = "\t;,"
# Before these an export puts an apostrophe, so that no program takes them for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class NotASpreadsheet(RuleBroken):
    message = (
        "این فایل خوانده نشد. فایل باید CSV یا XLSX باشد؛ در اکسل «ذخیره با نام» را بزنید، یکی از "
        "این دو را برگزینید و همان را بفرستید."
    )
    status = 422


class TooLarge(RuleBroken):
    message = (
        f"این فایل بیش از اندازه بزرگ است. تا {fa_digits(MOST_BYTES // 1024 // 1024)} مگابایت و "
        f"{fa_digits('10٬000')} ردیف پذیرفته می‌شود؛ فهرست را در چند فایل بفرستید."
    )
    status = 422


class Line(NamedTuple):
    number: int  # as the spreadsheet program counts it, from 1
    cells: list[str]  # in one encoding of letters; line breaks inside are kept


def read_lines(content: bytes) -> list[Line]:
    """The lines with anything in them. Raises NotASpreadsheet or TooLarge."""
    if len(content) > MOST_BYTES:
        raise TooLarge
    rows = _xlsx(content) if content.startswith(_XLSX) else _csv(content)
    lines: list[Line] = []
    try:
        for number, row in enumerate(rows, start=1):
            cells = _cells(row)
            if cells:
                lines.append(Line(number, cells))
            if len(lines) > MOST_LINES or number > MOST_ROWS:
                raise TooLarge
    except RuleBroken:
        raise
    except Exception as problem:  # whatever a broken file makes its reader stumble over
        raise NotASpreadsheet from problem
    return lines


def _cells(row: Sequence[object]) -> list[str]:
    """Up to the last one with something in it."""
    cells = [_text(cell) for cell in row[:MOST_CELLS_OF_A_LINE]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # spreadsheets keep 1021 as 1021.0
    return "" if cell is None else _cleaned(str(cell)[:MOST_LETTERS_OF_A_CELL])


@lru_cache(maxsize=2048)  # provinces and services come again in line after line
def _cleaned(text: str) -> str:
    text = "\n".join(line for line in map(clean, text.splitlines()) if line)
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text


# --------------------------------------------------------------------------- XLSX


def _xlsx(content: bytes) -> Iterator[tuple[object, ...]]:
    _refuse_what_unpacks_without_end(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what a file says of its own size is not always true
    yield from sheet.iter_rows(values_only=True, max_col=MOST_CELLS_OF_A_LINE)
    book.close()


def _refuse_what_unpacks_without_end(content: bytes) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as problem:
        raise NotASpreadsheet from problem
    parts = archive.infolist()
    # The sizes are true enough: reading a part stops where it said it would end.
    if sum(part.file_size for part in parts) > MOST_BYTES_UNPACKED:
        raise TooLarge
    if sum(archive.read(part).count(b"<") for part in parts) > MOST_TAGS:
        raise TooLarge


# ---------------------------------------------------------------------------- CSV


def _csv(content: bytes) -> Iterable[list[str]]:
    text = _decoded(content)
    separator = max(_SEPARATORS, key=lambda each: _parts_alike(text, each))
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _decoded(content: bytes) -> str:
    """UTF-8 with its mark or without, UTF-16 with its mark, else Windows-1256 (Arabic letters)."""
    if content.startswith(_OLD_EXCEL):
        raise NotASpreadsheet(
            "این فایل با قالب قدیمی اکسل (XLS) است یا رمز دارد. در اکسل آن را با نام XLSX و بی رمز "
            "ذخیره کنید و همان را بفرستید."
        )
    if content.startswith(_UTF_16):
        encodings = ["utf-16"]
    elif b"\0" in content:
        raise NotASpreadsheet
    else:
        encodings = ["utf-8-sig", "windows-1256"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotASpreadsheet


def _parts_alike(text: str, separator: str) -> tuple[int, int]:
    """How many of the first lines it parts into equally many cells, and into how many.

    Commas of addresses part each line otherwise; what a program put between cells does not.
    """
    start = io.StringIO("\n".join(text.splitlines()[:_LINES_THAT_TELL]), newline="")
    try:
        cells = Counter(len(row) for row in csv.reader(start, delimiter=separator))
    except csv.Error:
        return (0, 0)
    return max(((lines, count) for count, lines in cells.items() if count > 1), default=(0, 0))
