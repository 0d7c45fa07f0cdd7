"""The association's own list of offices: checked row by row, and seen before it is taken over."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from nobat.offices.models import AssociationMember, ImportState, OfficeImport, Province
from nobat.offices.office_columns import OfficeLine, office_table
from nobat.offices.office_rows import CheckedRow, check_rows, counts_of, version_of
from nobat.offices.spreadsheet import read_lines
from nobat.people.models import Person
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken

FORGOTTEN_AFTER = timedelta(hours=12)
# In these an import waits for somebody's word.
_WAITS = (ImportState.PREVIEWED, ImportState.STALE)


class NothingInIt(RuleBroken):
    message = (
        "زیر سطر نام ستون‌ها هیچ ردیفی نیست. دفترها را، هر کدام در یک سطر، بنویسید و فایل را "
        "دوباره بفرستید."
    )
    status = 422


class NothingToDo(RuleBroken):
    message = (
        "چیزی برای ثبت نیست. هیچ ردیفی دفتری را نمی‌افزاید یا عوض نمی‌کند؛ ردیف‌های ردشده را در "
        "فایل درست کنید و دوباره بفرستید."
    )


class LookAtRowsAgain(RuleBroken):
    message = (
        "این پیش‌نمایش دیگر همان نیست که دیده بودید. دفترها در این میان عوض شده‌اند یا همین فایل "
        "جای دیگری ثبت شده است؛ ردیف‌های تازه را ببینید و دوباره تایید کنید."
    )


def preview_import(
    *, content: bytes, file_name: str, by: Person | None, province: Province | None
) -> OfficeImport:
    """Read and check a file; no office changes by it. `by` nobody is the operator.

    Raises the refusals of spreadsheet.py and office_columns.py, or NothingInIt.
    """
    table = office_table(read_lines(content))
    if not table.lines:
        raise NothingInIt
    rows = check_rows(table.lines, province=province)
    return OfficeImport.objects.create(
        at=timezone.now(),
        by=by,
        province=province,
        file_name=clean(file_name)[-120:],
        unknown=[heading[:120] for heading in table.unknown],
        **as_seen(rows),
    )


def as_seen(rows: Sequence[CheckedRow]) -> dict[str, object]:
    """The columns of an import that keep what there is to see."""
    return {
        "rows": [row.as_json() for row in rows],
        "counts": counts_of(rows),
        "version": version_of(rows),
    }


def lines_of(office_import: OfficeImport) -> list[OfficeLine]:
    """What stood in the file, to be checked again."""
    return [OfficeLine(row["number"], row["cells"]) for row in office_import.rows]


def begin_import(*, office_import: OfficeImport, seen: str, by: Person | None) -> None:
    """From now on the worker takes the rows over (take_over_offices.py).

    `seen` is the version of the rows that were looked at. Begun before: nothing happens.
    Raises NothingToDo, or LookAtRowsAgain.
    """
    if not office_import.to_do:
        raise NothingToDo
    mine = OfficeImport.objects.filter(pk=office_import.pk, version=seen)
    if mine.filter(state__in=_WAITS).update(state=ImportState.RUNNING, by=by, done=0):
        return
    if not mine.exists():
        raise LookAtRowsAgain


def forget_old_imports() -> int:
    """Lists that nobody wants any more, and those whose offices are in the journal."""
    old = OfficeImport.objects.filter(at__lt=timezone.now() - FORGOTTEN_AFTER)
    _, gone = old.exclude(state=ImportState.RUNNING).delete()
    return sum(gone.values())


def imports_of(member: AssociationMember) -> QuerySet[OfficeImport]:
    """The lists this member may see: an officer of a province those of the own one."""
    imports = OfficeImport.objects.select_related("by", "province")
    return imports.filter(province=member.province_id) if member.province_id else imports
