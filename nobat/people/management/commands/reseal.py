"""Seals everything anew after a new key came, and says which old key may go."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nobat.people.seal_anew import DOES_NOT_OPEN, seal_anew, values_by_key
from nobat.people.sealed_columns import SealedColumn, sealed_columns
from nobat.shared.sealed import digest_key, key_ids, sealing_key

TOLD_EVERY = 100_000


class Command(BaseCommand):
    help = (
        "Seal all that lies sealed with the first of DATA_KEYS, while the system runs; may be "
        "stopped and begun again. Ends with 1 while an old key is still needed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only open every value, and count by key"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        columns = sealed_columns()
        if not check:
            for column in columns:
                self._seal_anew(column)
        self._tell_by_key(columns)

    def _seal_anew(self, column: SealedColumn) -> None:
        seen = sealed = told = 0
        for step in seal_anew(column):
            seen, sealed = seen + step.seen, sealed + step.sealed
            if seen - told >= TOLD_EVERY:
                self.stdout.write(f"{column}: {seen:,} seen, {sealed:,} sealed anew")
                told = seen
        self.stdout.write(f"{column}: {sealed:,} of {seen:,} sealed anew")

    def _tell_by_key(self, columns: list[SealedColumn]) -> None:
        by_key: Counter[str] = Counter()
        for column in columns:
            by_key += values_by_key(column)
        for key in key_ids():
            self.stdout.write(f"key {key}: {by_key[key]:,} values{_what_next(key, by_key[key])}")
        if by_key[DOES_NOT_OPEN]:
            raise CommandError(f"{by_key[DOES_NOT_OPEN]:,} values open with no key.", returncode=1)
        old = by_key.total() - by_key[sealing_key()]
        if old:
            raise CommandError(f"{old:,} values still need an old key.", returncode=1)


def _what_next(key: str, values: int) -> str:
    if key == sealing_key():
        return "; it seals"
    if values:
        return "; still needed: run this again"
    if key == digest_key():
        return "; it makes the digests, and stays"
    return "; it may be taken out"
