"""`python -m drill.inside.country`: tables, offices, citizens with a session, hours to take."""

import json
from typing import TypedDict

from django.db import connection

from bench.booked import bookable_days
from bench.country import make_country, session_key_of
from bench.plan import Plan
from drill.places import VAR
from nobat.demo.serve import collect_static_files

PEOPLE = VAR / "people.json"
COUNTRY = Plan(offices=120, citizens=3000, days=20, booked=2000)
HOURS = 20_000
HOT_OFFICES = 4  # everybody wants to come there
HOT_SEATS = 5
_HOURS = """
SELECT s.id, o.code FROM schedule_slot s JOIN offices_office o ON o.id = s.office_id
WHERE s.day BETWEEN %s AND %s ORDER BY o.code >= %s, md5(s.id::text) LIMIT %s
"""


def main() -> None:
    collect_static_files()
    make_country(COUNTRY)
    PEOPLE.write_text(json.dumps(people_and_hours()), encoding="utf-8")


class People(TypedDict):
    """Who books, and where: hours are a slot and the code of its office."""

    sessions: dict[str, str]  # by person
    hours: list[tuple[int, str]]
    hot: list[tuple[int, str]]  # those that are wanted most


def people_and_hours() -> People:
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM people_session WHERE second_factor_at IS NULL")
        people = [person for (person,) in cursor.fetchall()]
        cursor.execute("SELECT min(code)::int FROM offices_office")
        [(first,)] = cursor.fetchall()
        limit = str(first + HOT_OFFICES)
        cursor.execute(_HOURS, [*bookable_days(), limit, HOURS])
        hours = cursor.fetchall()
    return {
        "sessions": {str(person): session_key_of(person) for person in people},
        "hours": [hour for hour in hours if hour[1] >= limit],
        "hot": [hour for hour in hours if hour[1] < limit],
    }


if __name__ == "__main__":
    main()
