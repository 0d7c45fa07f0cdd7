"""Changes the tables without making anybody wait: it gives way, and tries again.

A change of a table waits for whoever reads it, and everybody who comes later waits behind the
change. So it waits two seconds at most, lets those behind it pass, and comes back. Each
migration is one transaction: what gave way has changed nothing.
"""

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from psycopg.errors import LockNotAvailable

WAITS_AT_MOST = "2s"  # PostgreSQL's lock_timeout
PAUSES = [1, 2, 5, 10, 20, 30, 30, 30]  # seconds


class Command(migrate.Command):
    help = f"{migrate.Command.help} Nobody waits longer than {WAITS_AT_MOST} for it."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options.get("database") or DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [WAITS_AT_MOST])
            try:
                self._until_let_through(*args, **options)
            finally:
                cursor.execute("RESET lock_timeout")

    def _until_let_through(self, *args: Any, **options: Any) -> None:
        for pause in PAUSES:
            try:
                super().handle(*args, **options)
                return
            except OperationalError as problem:
                if not isinstance(problem.__cause__, LockNotAvailable):
                    raise
            self.stderr.write(f"Somebody works on a table; again in {pause} s.")
            time.sleep(pause)
        raise CommandError(
            "A table is in use all the time. Nothing of this migration was done; try again when "
            "less is going on, or look for who holds it: pg_stat_activity, oldest xact_start."
        )
