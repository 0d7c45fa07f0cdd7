"""The columns of the association's list of offices, and how people head them."""

from collections.abc import Sequence
from typing import NamedTuple

from nobat.offices.spreadsheet import Line
from nobat.shared.persian import fold_packed
from nobat.shared.rules import RuleBroken

_HEADING_IS_AMONG = 10  # lines: above it stand titles and dates


class NoHeading(RuleBroken):
    message = (
        "سطر نام ستون‌ها پیدا نشد. بالای ردیف‌ها سطری لازم است که دست‌کم ستون «کد» و یک ستون دیگر "
        "را نام ببرد؛ ساده‌ترین راه، پر کردن خروجی همین فهرست است."
    )
    status = 422


class ColumnTwice(RuleBroken):
    status = 422


class Column(NamedTuple):
    title: str  # how an export heads it, and what people are told
    other_names: tuple[str, ...]


COLUMNS = {
    "code": Column("کد", ("کد دفتر", "شماره دفتر", "code", "office code")),
    "name": Column("نام", ("نام دفتر", "عنوان دفتر", "name", "office name")),
    "manager": Column("مدیر", ("نام مدیر", "مدیر دفتر", "نام مدیر دفتر", "manager")),
    "province": Column("استان", ("نام استان", "province")),
    "county": Column("شهرستان", ("نام شهرستان", "کد شهرستان", "county")),
    "address": Column("نشانی", ("آدرس", "نشانی دفتر", "آدرس دفتر", "address")),
    "phone": Column("تلفن", ("شماره تلفن", "تلفن دفتر", "تلفن ثابت", "phone", "telephone")),
    "lat": Column("عرض", ("عرض جغرافیایی", "lat", "latitude")),
    "lon": Column("طول", ("طول جغرافیایی", "lon", "lng", "longitude")),
    "services": Column("خدمت‌ها", ("خدمات", "خدمت", "موضوع خدمت", "services")),
    "is_exempt": Column("کشیک", ("دفتر کشیک", "is_exempt", "exempt", "on duty")),
    "status": Column("وضعیت", ("وضعیت دفتر", "status")),
}
_COLUMN_OF = {
    fold_packed(name): key
    for key, column in COLUMNS.items()
    for name in (key, column.title, *column.other_names)
}


class OfficeLine(NamedTuple):
    number: int
    cells: dict[str, str]  # by column; only those with something in them


class OfficeTable(NamedTuple):
    lines: list[OfficeLine]
    unknown: list[str]  # headings that mean nothing here


def office_table(lines: Sequence[Line]) -> OfficeTable:
    """The lines below the heading, in whatever order its columns stand.

    Raises NoHeading or ColumnTwice.
    """
    for at, line in enumerate(lines[:_HEADING_IS_AMONG]):
        columns = [column_of(cell) for cell in line.cells]
        if "code" in columns and len(set(columns) - {None}) > 1:
            _refuse_doubles(columns)
            unknown = [
                cell
                for cell, column in zip(line.cells, columns, strict=True)
                if cell and not column
            ]
            below = [_office_line(below, columns) for below in lines[at + 1 :]]
            return OfficeTable([each for each in below if each.cells], unknown)
    raise NoHeading


def column_of(heading: str) -> str | None:
    """«نام مدیر», "Manager" and «مدیر» are one column."""
    return _COLUMN_OF.get(fold_packed(heading))


def _refuse_doubles(columns: Sequence[str | None]) -> None:
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise ColumnTwice(
                f"دو ستون «{COLUMNS[column].title}» در فایل هست و معلوم نیست کدام درست است. یکی "
                "را بردارید و فایل را دوباره بفرستید."
            )


def _office_line(line: Line, columns: Sequence[str | None]) -> OfficeLine:
    cells = zip(columns, line.cells, strict=False)
    return OfficeLine(line.number, {column: cell for column, cell in cells if column and cell})
