"""The numbers on the tickets of one office's day, from 1 on."""

from datetime import date

from django.db import connection

from nobat.offices.models import Office

# As in check_in.sql, which does it within its one statement.
_NEXT = """
INSERT INTO visits_officeday (office_id, day, last_number) VALUES (%s, %s, 1)
ON CONFLICT (office_id, day) DO UPDATE SET last_number = visits_officeday.last_number + 1
RETURNING last_number
"""


def next_number(office: Office, day: date) -> int:
    """Nobody else gets it; it is lost when the transaction comes to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [office.pk, day])
        number: int = cursor.fetchone()[0]
    return number
