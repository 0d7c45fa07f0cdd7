"""The operator's way to take over the association's list of offices."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.offices.association import association_member
from nobat.offices.import_offices import begin_import, preview_import
from nobat.offices.models import ImportState, OfficeImport
from nobat.offices.office_columns import COLUMNS
from nobat.offices.office_rows import Kind
from nobat.offices.take_over_offices import take_over_offices
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class Command(BaseCommand):
    help = "Checks a CSV or XLSX of offices, prints what it changes, and takes it over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only print what would change")
        parser.add_argument("--by", help="mobile of a member of the association, for the journal")

    def handle(self, *, file: Path, dry_run: bool, by: str | None, **options: Any) -> None:
        try:
            member = association_member(by) if by else None
            office_import = self._preview(file, member)
            if dry_run:
                office_import.delete()
            elif office_import.to_do:
                self._take_over(office_import, member)
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from None
        except RuleBroken as refusal:
            raise CommandError(refusal.message) from None

    def _preview(self, file: Path, by: Person | None) -> OfficeImport:
        found = preview_import(
            content=file.read_bytes(),
            file_name=file.name,
            by=by,
            province=by.association_member.province if by else None,
        )
        for row in found.rows:
            self._print(row)
        self.stdout.write(", ".join(f"{kind} {number}" for kind, number in found.counts.items()))
        return found

    def _print(self, row: dict[str, Any]) -> None:
        if row["kind"] == Kind.UNCHANGED:
            return
        told = [*row["reasons"]]
        told += [
            f"{COLUMNS[each['field']].title}: {each['old']} → {each['new']}"
            for each in row["changes"]
        ]
        words = "; ".join(told).replace("\n", " ")
        self.stdout.write(
            f"line {row['number']}, office {row['code'] or '?'}: {row['kind']} {words}"
        )

    def _take_over(self, office_import: OfficeImport, by: Person | None) -> None:
        begin_import(office_import=office_import, seen=office_import.version, by=by)
        total = office_import.to_do
        take_over_offices(import_id=office_import.pk, tell=lambda done: self._tell(done, total))
        office_import.refresh_from_db(fields=["state"])
        if office_import.state != ImportState.DONE:
            raise CommandError("Offices changed in this moment; nothing was done. Begin again.")
        self.stdout.write("The list was taken over.")

    def _tell(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done} of {total}")
