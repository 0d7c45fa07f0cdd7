"""Lists of offices as programs and attackers make them: right, broken, and far too large."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
from hypothesis import strategies as st

from tests.fuzz import injections
from tests.fuzz.strategies import anything
from tests.fuzz.tries import in_bytes

HEADING = ["کد", "نام", "مدیر", "استان", "شهرستان", "نشانی", "تلفن", "عرض", "طول", "خدمت‌ها"]
ROW = [
    "1077", "سرو", "بهرام کیانی", "فارس", "شیراز", "خیابان ارم", "07132000112", "29.61", "52.53",
    "petition",
]  # fmt: skip
MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def csv_of(rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def xlsx_of(rows) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A right file, but for one of its parts."""
    whole, file = zipfile.ZipFile(io.BytesIO(xlsx_of([HEADING, ROW]))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in whole.namelist():
            if each != name:
                archive.writestr(each, whole.read(each))
        archive.writestr(name, content)
    return file.getvalue()


def with_rows(rows: bytes, heading: bytes = b"") -> bytes:
    sheet = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>'
    return with_part(SHEET, heading + sheet % (_SPREADSHEET.encode(), rows))


def unpacking_to_more_than_it_says() -> bytes:
    """The size of a part is written smaller than it is, at both places."""
    content = with_part(SHEET, b"<a>" + b" " * 60 * MEGABYTE)
    return content.replace(struct.pack("<L", 60 * MEGABYTE + 3), struct.pack("<L", 10))


def gzip_bomb() -> bytes:
    return b"PK\x03\x04" + zlib.compress(bytes(200 * MEGABYTE), 9)


def same_part_many_times() -> bytes:
    """Each of a thousand entries of the list of parts leads to the same packed place."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, bytes(MEGABYTE))
        archive.filelist.extend(archive.filelist[:1] * 999)
    return file.getvalue()


NO_LIST: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "spaces": lambda: b" \n" * 5000,
    "NUL": lambda: csv_of([HEADING, ROW]).replace(b"1077", b"10\x0077"),
    "only NUL": lambda: bytes(100_000),
    "UTF-16 without its mark": lambda: csv_of([HEADING, ROW]).decode().encode("utf-16-le"),
    "UTF-16, half a letter": lambda: csv_of([HEADING, ROW]).decode().encode("utf-16")[:-1],
    "UTF-7": lambda: csv_of([HEADING, ROW]).decode().encode("utf-7"),
    "EBCDIC": lambda: b"code,name\r\n1077,x".decode().encode("cp500"),
    "old Excel": lambda: b"\xd0\xcf\x11\xe0" + bytes(4096),
    "PDF": lambda: b"%PDF-1.7\n1 0 obj\n",
    "a web page": lambda: b"<html><table><tr><td>1077</table>",
    "an archive in an archive": lambda: with_part("a.zip", xlsx_of([ROW]))[:-200],
    "no workbook": lambda: b"PK\x05\x06" + bytes(18),
    "half an XLSX": lambda: xlsx_of([HEADING, ROW])[:2000],
    "a list of parts that is torn": lambda: xlsx_of([HEADING, ROW])[:-10],
    "40 MB of spaces": lambda: with_part(SHEET, b" " * 40 * MEGABYTE),
    "more than it says": unpacking_to_more_than_it_says,
    "200 MB that are no archive": gzip_bomb,
    "a thousand times the same part": same_part_many_times,
    "a row beyond the world": lambda: with_rows(b'<row r="4000000000"><c><v>1</v></c></row>'),
    "a row before the first": lambda: with_rows(b'<row r="-7"><c r="A-7"><v>1</v></c></row>'),
    "a column beyond the world": lambda: with_rows(b'<row><c r="ZZZZZZZ1"><v>1</v></c></row>'),
    "a million cells": lambda: with_rows(b"<row>" + b"<c><v>1</v></c>" * 10**6 + b"</row>"),
    "a million columns": lambda: b"," * 10**6,
    "a million headings": lambda: b",".join(b"x%d" % n for n in range(600_000)),
    "one line without end": lambda: b'"' + b"x" * 4 * MEGABYTE,
    "a million quotes": lambda: b'"' * 10**6,
    "40,000 lines": lambda: csv_of([HEADING, *[ROW] * 40_000]),
    "too many bytes": lambda: csv_of([HEADING, ROW]) + b"x" * 5 * MEGABYTE,
    "words without end": lambda: with_rows(
        b"<row><c t='str'><v>&l9;</v></c></row>",
        b"<?xml version='1.0'?><!DOCTYPE x ["
        + b"".join(
            b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(10)
        )
        + b"]>",
    ),
    "a file of ours": lambda: with_rows(
        b"<row><c t='str'><v>&f;</v></c></row>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
    ),
    "tags 100,000 deep": lambda: with_part(SHEET, b"<a>" * 100_000),
    "no XML": lambda: with_part(SHEET, b"\xff\xfe\x00nothing"),
    "no such words": lambda: with_rows(b"<row><c t='s'><v>999999</v></c></row>"),
    "words that are no number": lambda: with_rows(b"<row><c t='s'><v>a</v></c></row>"),
    "a day that is none": lambda: with_rows(b"<row><c t='d'><v>9999-99-99</v></c></row>"),
    "an error": lambda: with_rows(b"<row><c t='e'><v>#REF!</v></c></row>"),
    "styles that are none": lambda: with_part("xl/styles.xml", b"<a/>"),
    "a sheet elsewhere": lambda: with_part(
        "xl/_rels/workbook.xml.rels",
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="x/worksheet" TargetMode="External"'
        b' Target="https://nbtq.example/sheet.xml"/></Relationships>',
    ),
    "the same column twice": lambda: csv_of([[*HEADING, "کد"], [*ROW, "1078"]]),
    "no heading": lambda: csv_of([ROW, ROW]),
    "only a heading": lambda: csv_of([HEADING]),
}
# Nothing of these runs here, nor at whoever opens what is exported later.
LISTS: dict[str, Callable[[], bytes]] = {
    "CSV": lambda: csv_of([HEADING, ROW]),
    "XLSX": lambda: xlsx_of([HEADING, ROW]),
    "UTF-32": lambda: csv_of([HEADING, ROW]).decode().encode("utf-32"),
    "macros": lambda: with_part("xl/vbaProject.bin", b"Sub Auto_Open()" * 999),
    "links to other files": lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
    "formulas in every cell": lambda: csv_of(
        [HEADING, *([*ROW[:1], text, text, *ROW[3:5], text, *ROW[6:]] for text in FORMULAS)]
    ),
    "a formula with no value": lambda: with_rows(
        b"<row><c t='str'><v>%s</v></c><c t='str'><v>%s</v></c></row>"
        b'<row><c><v>1077</v></c><c><f>HYPERLINK("https://nbtq.example")</f></c></row>'
        % (HEADING[0].encode(), HEADING[1].encode())
    ),
}
FORMULAS = injections.FORMULAS
cells = st.one_of(st.sampled_from(FORMULAS), anything.map(lambda value: in_bytes(value)))


@st.composite
def lists(draw) -> tuple[str, bytes]:
    """A right list in which some cells are wrong, or some bytes of the file."""
    rows = [list(ROW) for _ in range(draw(st.integers(1, 3)))]
    for _ in range(draw(st.integers(0, 4))):
        column = draw(st.integers(0, len(ROW) - 1))
        text = draw(cells)
        text = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
        draw(st.sampled_from(rows))[column] = text
    name = draw(st.sampled_from(["list.csv", "list.xlsx", "../../x.csv", "=1+1.csv", "a\0b", ""]))
    content = xlsx_of(_printable(rows)) if name.endswith("xlsx") else _as_csv(rows)
    if draw(st.integers(0, 2)) == 0:
        content = draw(broken(content))
    return name or "x", content


@st.composite
def broken(draw, content: bytes) -> bytes:
    """Cut off, or with other bytes somewhere."""
    place = draw(st.integers(0, max(0, len(content) - 1)))
    if draw(st.booleans()):
        return content[:place]
    return content[:place] + draw(st.binary(min_size=1, max_size=8)) + content[place + 4 :]


def _as_csv(rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([HEADING, *rows])
    return text.getvalue().encode("utf-8", "surrogateescape")


def _printable(rows):
    """What a spreadsheet program could write at all."""
    illegal = openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE
    clean = [[illegal.sub("", cell)[:30_000] for cell in row] for row in rows]
    return [HEADING, *([cell.encode("utf-8", "replace").decode() for cell in row] for row in clean)]
