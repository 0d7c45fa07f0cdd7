"""Everything that is stored, told in one word for each table; and what has become other rows."""

import json
from functools import cache

from django.db import connection

# May change although a form was refused, or although a page was only looked at.
MAY_CHANGE = {
    "people_throttle": "tries are counted, the refused ones above all",
    "people_session": "the way in is kept from page to page; when a device was seen",
    "captcha_captchastore": "each picture is made, and is gone once it was answered",
    "people_secondfactor": "a code of the app is used up by being looked at",
    "people_smscode": "wrong tries of a code are counted",
}
_WRITES = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del
FROM pg_stat_xact_user_tables WHERE schemaname = 'public' AND relname = ANY (%s)
"""
NOT_OURS = {"django_migrations", "django_content_type", "auth_permission", "auth_group"}


@cache
def tables() -> list[str]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - NOT_OURS - set(MAY_CHANGE))


def digests(of: list[str] | None = None) -> dict[str, tuple[int, str]]:
    """Of each table how many rows it has, and the sum of their digests in any order."""
    each = " UNION ALL ".join(
        f"SELECT '{table}', count(*), sum(hashtextextended(t::text, 7))::text FROM {table} t"  # noqa: S608
        for table in (tables() if of is None else of)
    )
    if not each:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(each)
        return {table: (rows, digest) for table, rows, digest in cursor.fetchall()}


def writes() -> dict[str, int]:
    """How often a row of each table was written in this transaction, whatever was taken back.

    The server counts it by itself: to ask is much cheaper than to read the tables.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITES, [tables()])
        return dict(cursor.fetchall())


def changed_since(before: dict[str, tuple[int, str]], written: dict[str, int]) -> list[str]:
    """The tables that are not as they were; `written` are the writes at that time."""
    touched = [table for table, times in writes().items() if times != written[table]]
    now = digests(touched)
    return [table for table in touched if now[table] != before[table]]


def rows_of(table: str) -> dict[str, dict]:
    """Each row by its key, as the database writes it in JSON."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608
        rows = [json.loads(row) for (row,) in cursor.fetchall()]
    key = "id" if rows and "id" in rows[0] else next(iter(rows[0]), "") if rows else ""
    return {str(row[key]): row for row in rows}


def changes(before: dict[str, dict[str, dict]], changed: list[str]) -> list[tuple[str, str, dict]]:
    """Of the tables that changed: table, what happened to the row, and its new values."""
    found = []
    for table in changed:
        was, now = before[table], rows_of(table)
        found += [(table, "new", row) for key, row in now.items() if key not in was]
        found += [(table, "gone", row) for key, row in was.items() if key not in now]
        for key in was.keys() & now.keys():
            other = {name: value for name, value in now[key].items() if was[key][name] != value}
            if other:
                found.append((table, "changed", other))
    return found
