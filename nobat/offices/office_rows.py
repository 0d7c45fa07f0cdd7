"""Checking the rows of a list of offices: added, changed, unchanged or refused, and why."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from typing import Any

from nobat.offices.known_places import known_places
from nobat.offices.models import Office, OfficeStatus, Province
from nobat.offices.office_columns import COLUMNS, OfficeLine
from nobat.offices.office_details import (
    READ,
    OfficeDetails,
    WrongDetail,
    details_of,
    differing,
    read_code,
)
from nobat.offices.office_words import in_words
from nobat.shared.persian import fold_packed

_NEEDED = ("name", "manager", "county", "address", "phone", "lat", "lon")
_OF_AN_OFFICE_AT_FIRST: dict[str, Any] = {"is_exempt": False, "services": frozenset()}


class Kind(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(kw_only=True)
class CheckedRow:
    """What would come of a row."""

    number: int  # of the line in the file
    cells: dict[str, str]
    code: str
    kind: Kind = Kind.REFUSED
    changes: list[dict[str, str]] = field(default_factory=list)  # field, old and new in words
    reasons: list[str] = field(default_factory=list)
    office: Office | None = None
    wanted: OfficeDetails | None = None

    def as_json(self) -> dict[str, Any]:
        """What is kept and shown of it; the rest is found again by checking again."""
        kept = ("number", "cells", "code", "kind", "changes", "reasons")
        return {name: getattr(self, name) for name in kept}

    @property
    def changed_fields(self) -> list[str]:
        return [change["field"] for change in self.changes]


def check_rows(lines: Sequence[OfficeLine], *, province: Province | None) -> list[CheckedRow]:
    """Each line against what stands in the database now; nothing is changed.

    With a province, offices of others are refused: they are not this member's.
    """
    return _Check(lines, province).rows()


def version_of(rows: Iterable[CheckedRow]) -> str:
    """What somebody who looked at the rows has seen: another one, and something differs."""
    seen = json.dumps([row.as_json() for row in rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()


def counts_of(rows: Iterable[CheckedRow]) -> dict[str, int]:
    """How many of each kind there are."""
    counted = Counter(row.kind for row in rows)
    return {kind.value: counted[kind] for kind in Kind}


class _Check:
    """The places, services and offices that the rows of one list are held against."""

    def __init__(self, lines: Sequence[OfficeLine], province: Province | None) -> None:
        self.lines, self.province = lines, province
        self.places = known_places()
        # Thousands of rows say the same few things of place and services.
        self.county = cache(self.places.county)
        self.service_codes = cache(self.places.service_codes)
        self.every_code = set(Office.objects.values_list("code", flat=True))
        self.without_zeros = {
            code.lstrip("0"): code for code in self.every_code if code.startswith("0")
        }
        self.codes = {line.number: self._code(line) for line in lines}
        wanted = set(self.codes.values())
        offices = list(Office.objects.filter(code__in=wanted).order_by("pk"))
        self.offices = {office.code: office for office in offices}
        self.details = details_of(offices)
        self.times = Counter(code for code in self.codes.values() if code)

    def rows(self) -> list[CheckedRow]:
        return [self._row(line) for line in self.lines]

    def _code(self, line: OfficeLine) -> str:
        try:
            code = read_code(line.cells.get("code", ""))
        except WrongDetail:
            return ""
        # Spreadsheets make 21 of 0021; where there is an office 21, it is meant.
        return code if code in self.every_code else self.without_zeros.get(code, code)

    def _row(self, line: OfficeLine) -> CheckedRow:
        code = self.codes[line.number]
        row = CheckedRow(number=line.number, cells=line.cells, code=code)
        row.office = self.offices.get(code)
        values = self._values(row)
        if row.office is None:
            row.reasons += self._missing(row, values)
        self._refuse_what_is_not_allowed(row, values)
        if not row.reasons:
            self._compare(row, values)
        return row

    def _values(self, row: CheckedRow) -> dict[str, Any]:
        """What is written in it, read; an empty cell changes nothing."""
        values: dict[str, Any] = {}
        province = row.cells.get("province", "")
        readers: dict[str, Callable[[str], object]] = {
            **READ,
            "county": lambda name: self.county(name, province).pk,
            "services": self.service_codes,
        }
        for name, read in readers.items():
            try:
                if name in row.cells or name == "code":
                    values[name] = read(row.cells.get(name, ""))
            except WrongDetail as wrong:
                row.reasons.append(wrong.message)
        return values | {"code": row.code}

    def _missing(self, row: CheckedRow, values: Mapping[str, Any]) -> list[str]:
        missing = [COLUMNS[name].title for name in _NEEDED if name not in row.cells]
        if not missing or not row.code:
            return []
        return [f"دفتر تازه است و این‌ها را ندارد: {'، '.join(missing)}."]

    def _refuse_what_is_not_allowed(self, row: CheckedRow, values: Mapping[str, Any]) -> None:
        if row.code and self.times[row.code] > 1:
            row.reasons.append("این کد در فایل بیش از یک بار آمده است.")
        self._refuse_other_provinces(row, values)
        self._refuse_status(row)

    def _refuse_other_provinces(self, row: CheckedRow, values: Mapping[str, Any]) -> None:
        before = {row.office.county_id} if row.office else set()
        after = {values["county"]} if "county" in values else set()
        provinces = {self.places.county_of[pk].province_id for pk in before | after}
        if self.province and provinces - {self.province.pk}:
            row.reasons.append(f"این دفتر در استان {self.province.name} نیست.")
        if before and not after and "county" not in row.cells and "province" in row.cells:
            self._refuse_province_alone(row, provinces)

    def _refuse_province_alone(self, row: CheckedRow, provinces: set[str]) -> None:
        try:
            if self.places.province(row.cells["province"]) not in provinces:
                row.reasons.append("استان تنها همراه شهرستان عوض می‌شود؛ شهرستان را هم بنویسید.")
        except WrongDetail as wrong:
            row.reasons.append(wrong.message)

    def _refuse_status(self, row: CheckedRow) -> None:
        now = OfficeStatus(row.office.status if row.office else OfficeStatus.OPEN)
        written = fold_packed(row.cells.get("status", ""))
        if written and written not in {fold_packed(now.label), fold_packed(now.value)}:
            row.reasons.append(
                "وضعیت دفتر با فایل عوض نمی‌شود، چون نوبت‌های مردم به آن بسته است؛ از صفحهٔ خود "
                "دفتر آن را عوض کنید."
            )

    def _compare(self, row: CheckedRow, values: dict[str, Any]) -> None:
        old = self.details.get(row.code)
        if old is None:
            row.kind = Kind.ADDED
            row.wanted = OfficeDetails(**_OF_AN_OFFICE_AT_FIRST | values)
            return
        row.wanted = replace(old, **values)
        fields = differing(old, row.wanted)
        row.kind = Kind.CHANGED if fields else Kind.UNCHANGED
        if fields:
            was, will = (in_words(vars(each), self.places) for each in (old, row.wanted))
            row.changes = [{"field": name, "old": was[name], "new": will[name]} for name in fields]
