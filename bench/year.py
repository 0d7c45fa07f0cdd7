"""A year that is over: slots, appointments, visits and SMS of all offices, by the million.

Made to be counted, not to keep every promise: no journal, and SMS of some days only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day

DAYS = 365
SLOTS_A_DAY, SEATS = 6, 4
DAYS_OF_SMS = 10
# Foreign keys hold by the way it is made; looking each of them up would take most of the time.
UNCHECKED = "SET session_replication_role = replica"
CHECKED = "SET session_replication_role = origin"
ROOM = "SET work_mem = '256MB'; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off"
# Sorting what an index holds is much faster than putting each row into its place.
INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid IN ('appointments_appointment'::regclass, 'visits_visit'::regclass)
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
SLOTS = """
INSERT INTO schedule_slot (office_id, day, starts_at, ends_at, capacity, offered, taken)
SELECT o.id, d.day, h.at, h.at + interval '1 hour', %(seats)s, %(seats)s, 0
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS g (moment)
CROSS JOIN LATERAL (SELECT g.moment::date AS day) d
CROSS JOIN generate_series(0, %(slots)s - 1) AS n
CROSS JOIN LATERAL (
    SELECT (d.day + make_time(8 + n, 0, 0) - interval '3.5 hours') AT TIME ZONE 'UTC' AS at) h
CROSS JOIN offices_office o
WHERE extract(isodow FROM d.day) <> 5
ORDER BY d.day, o.id, n
"""
# So many of each thousand seats are taken; nobody has two of them at the same hour.
APPOINTMENTS = """
INSERT INTO appointments_appointment (reference, citizen_id, office_id, service_id, cases, slot_id,
    day, starts_at, ends_at, status, booked_at, status_changed_at)
SELECT lpad((row_number() OVER ())::text, 10, '0'),
    (%(citizens)s::bigint[])[1 + (s.office_id * 4 + n + hour * 7919) %% %(how_many)s],
    s.office_id, (%(services)s::bigint[])[1 + luck %% cardinality(%(services)s::bigint[])],
    1 + luck %% 2, s.id, s.day, s.starts_at, s.ends_at,
    CASE WHEN luck %% 100 < 78 THEN 'checked_in' WHEN luck %% 100 < 84 THEN 'no_show'
        WHEN luck %% 100 < 96 THEN 'cancelled_by_citizen' WHEN luck %% 100 < 98 THEN 'displaced'
        ELSE 'excused' END,
    s.starts_at - make_interval(days => 1 + luck %% 20), s.starts_at
FROM schedule_slot s
CROSS JOIN generate_series(1, 4) AS n
CROSS JOIN LATERAL (
    SELECT abs(hashint8(s.id * 4 + n)) AS luck,
        (extract(epoch FROM s.starts_at) / 3600)::bigint AS hour) l
WHERE s.day <= %(last)s AND (luck / 100) %% 1000 < %(thousandth)s
ORDER BY s.day, s.id
"""
VISITS = """
INSERT INTO visits_visit (office_id, day, number, appointment_id, name, service_id, state,
    arrived_at, finished_at, recorded_by_id, note)
SELECT office_id, day, row_number() OVER (PARTITION BY office_id, day ORDER BY starts_at), id, '',
    service_id, 'served', starts_at, starts_at, citizen_id, ''
FROM appointments_appointment WHERE status = 'checked_in'
"""
SMS = """
INSERT INTO sms_outgoingsms (kind, lane, about, occasion, "to", params, not_after, state, tries,
    next_try_at, queued_at, sent_at)
SELECT k.kind, k.lane, a.reference, k.kind || a.reference, '+989000000000', '{}', m.at,
    CASE WHEN a.id %% 40 = 0 THEN 'given_up' ELSE 'sent' END, 1, m.at, m.at, m.at
FROM appointments_appointment a
CROSS JOIN (VALUES ('booked', 2), ('reminder', 4)) AS k (kind, lane)
CROSS JOIN LATERAL (SELECT a.starts_at - interval '1 day' AS at) m
WHERE a.day > %(last)s - %(days_of_sms)s
ORDER BY m.at
"""
# What was measured each morning cannot be found out later: it is made up here.
FIRST_FREE = """
UPDATE figures_officedaytotal
SET measured = 1, wait = 1 + abs(hashint8(office_id * 7 + (day - date '2020-01-01'))) %% 14
WHERE day <= %(last)s
"""


def make_year(appointments: int) -> None:
    """About so many appointments, in the year that ended yesterday."""
    last = tehran_day(timezone.now()) - timedelta(days=1)
    first = last - timedelta(days=DAYS - 1)
    offices = Office.objects.count()
    working_days = sum((first + timedelta(days=n)).isoweekday() != 5 for n in range(DAYS))
    citizens = list(Person.objects.values_list("pk", flat=True))
    services = list(Office.objects.order_by("pk")[0].services.values_list("pk", flat=True))
    places = offices * working_days * SLOTS_A_DAY * SEATS
    values: dict[str, Any] = {
        "first": first,
        "last": last,
        "slots": SLOTS_A_DAY,
        "seats": SEATS,
        "citizens": citizens,
        "how_many": len(citizens),
        "services": services,
        "thousandth": round(appointments / places * 1000),
        "days_of_sms": DAYS_OF_SMS,
    }
    _run(values, ROOM, UNCHECKED, SLOTS, "ANALYZE")
    with connection.cursor() as cursor, _without_indexes(cursor):
        for statement in (APPOINTMENTS, VISITS):
            cursor.execute(statement, values)
    _run(values, SMS, CHECKED, "VACUUM (ANALYZE)")


@contextmanager
def _without_indexes(cursor: CursorWrapper) -> Iterator[None]:
    cursor.execute(INDEXES)
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)


def make_up_first_free() -> None:
    last = tehran_day(timezone.now()) - timedelta(days=1)
    _run({"last": last}, FIRST_FREE)


def _run(values: dict[str, Any], *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values if "%(" in statement else None)
