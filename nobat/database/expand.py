"""Which changes of the tables the code of yesterday does not survive.

While a new version is put in place, old and new code serve side by side on the new tables. So a
change comes in two releases: the first one only adds (expand), and the one after it takes away
what no code uses any more (contract). docs/operating.md tells how.
"""

import re
from collections.abc import Iterator

from django.db import connection, migrations, models
from django.db.migrations import Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# A migration of the second release says so: `contracts = "what nobody uses since version 0.3"`.
PERMISSION = "contracts"

_STILL_ASKED_FOR = {
    migrations.RemoveField: "old code asks for this column",
    migrations.DeleteModel: "old code asks for this table",
    migrations.RenameField: "old code asks for this column by its old name",
    migrations.RenameModel: "old code asks for this table by its old name",
    migrations.AlterModelTable: "old code asks for this table by its old name",
}
_TAKES_AWAY_IN_SQL = re.compile(
    r"\bDROP\s+(FUNCTION|TABLE|COLUMN|VIEW)\b|\bRENAME\b", re.IGNORECASE
)
_NOT_FILLED_IN = "old code does not fill it in; give it a db_default, or let it be null"
_OF_ANOTHER_KIND = "old code writes another kind of value"
_OLD_ROWS_REFUSED = "old code writes rows without it"
_STANDS_STILL = {
    migrations.AddIndex: "nobody writes while it is made; use AddIndexConcurrently",
    migrations.AddConstraint: "nobody reads while every row is looked at; use "
    "AddConstraintNotValid and, in another migration, ValidateConstraint",
}


def dangers(migration: Migration, before: ProjectState) -> list[str]:
    """One sentence for each operation that does not go with the code of yesterday.

    `before` is how the tables stood. One that the same migration makes has no old code.
    """
    if getattr(migration, PERMISSION, ""):
        return []
    made_here = {
        each.name_lower for each in migration.operations if isinstance(each, migrations.CreateModel)
    }
    return [
        f"{each.describe()}: {danger}"
        for each in migration.operations
        if getattr(each, "model_name_lower", "") not in made_here
        for danger in _dangers(each, migration.app_label, before)
    ]


def _dangers(operation: Operation, app: str, before: ProjectState) -> Iterator[str]:
    if type(operation) in _STILL_ASKED_FOR:
        yield _STILL_ASKED_FOR[type(operation)]
    if type(operation) in _STANDS_STILL:
        yield _STANDS_STILL[type(operation)]
    if isinstance(operation, migrations.AddField) and not _may_be_left_out(operation.field):
        yield _NOT_FILLED_IN
    if isinstance(operation, migrations.AlterField):
        old = before.models[app, operation.model_name_lower].get_field(operation.name)
        yield from _of_a_changed_field(old, operation.field)
    if isinstance(operation, migrations.RunSQL) and _TAKES_AWAY_IN_SQL.search(str(operation.sql)):
        yield "old code may still ask for it"


def _of_a_changed_field(old: models.Field, new: models.Field) -> Iterator[str]:
    if old.db_type(connection) != new.db_type(connection):
        yield _OF_ANOTHER_KIND
    if old.null and not _may_be_left_out(new):
        yield _OLD_ROWS_REFUSED


def _may_be_left_out(field: models.Field) -> bool:
    has_default = field.db_default is not models.NOT_PROVIDED
    return field.null or field.many_to_many or has_default
