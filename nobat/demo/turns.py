"""Seats of the demo that fictional citizens have taken, as honest rows.

Each has its appointment, journal entry and SMS, so that check_integrity finds nothing to
say. On one day no citizen has more than one appointment: that keeps every limit.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from nobat.appointments.models import Appointment
from nobat.demo.names import FIRST_NAMES, LAST_NAMES
from nobat.demo.progress import Progress
from nobat.demo.told_sql import TELL_OF_BOOKING
from nobat.people.models import IdentityKind, Person
from nobat.people.sign_up import IDENTITY
from nobat.shared.reference import new_reference
from nobat.shared.sealed import digest, seal

# How full the days are: the nearer, the fuller.
FULL_BY_DAY = [
    (timedelta(days=3), 0.45),
    (timedelta(days=7), 0.22),
    (timedelta(days=14), 0.10),
    (timedelta(days=365), 0.03),
]
# Of a hundred offices, so many are full to the last seat, and so many for five days.
FULL_OFFICES, FULL_FOR_FIVE_DAYS = 1, 8
NOBODYS_PASSWORD = "!"  # noqa: S105 (Django's mark for "no password fits")
STEPS = 7

# What is taken of each slot. The number comes from the office's code and the hour, not
# from ids, so that the same seed makes the same country.
CHOOSE_SEATS = """
CREATE TEMPORARY TABLE demo_seat ON COMMIT DROP AS
WITH chance AS (
    SELECT s.id, s.day, s.offered, o.id AS office_id,
        abs(hashtextextended(o.code, %(seed)s)) %% 100 AS kind,
        (abs(hashtextextended(o.code || s.starts_at::text, %(seed)s)) %% 100000) / 100000.0 AS luck,
        (SELECT min(f.share) FROM unnest(%(until)s::date[], %(share)s::float[]) AS f (until, share)
         WHERE s.day <= f.until AND NOT EXISTS (
            SELECT FROM unnest(%(until)s::date[]) AS e (until)
            WHERE s.day <= e.until AND e.until < f.until)) AS share
    FROM schedule_slot s JOIN offices_office o ON o.id = s.office_id
    WHERE s.offered > 0 AND s.day > %(today)s
), seats AS (
    SELECT id, day, office_id, CASE
        WHEN kind < %(full)s THEN offered
        WHEN kind < %(full)s + %(five)s AND day <= %(today)s + 7 THEN offered
        WHEN luck < share THEN offered
        ELSE floor(offered * share * luck)::int
    END AS taken
    FROM chance
)
SELECT s.id AS slot_id, s.day, s.office_id, row_number() OVER w AS of_day,
    row_number() OVER (ORDER BY s.day, s.id, n) AS number
FROM seats s CROSS JOIN LATERAL generate_series(1, s.taken) n
WINDOW w AS (PARTITION BY s.day ORDER BY s.id, n)
"""
# Fresh rows without statistics: the database would join them row by row.
LOOK = "ANALYZE demo_seat, schedule_slot, offices_officeservice, people_person"
TAKE = """
UPDATE schedule_slot s SET taken = t.taken
FROM (SELECT slot_id, count(*) AS taken FROM demo_seat GROUP BY slot_id) t
WHERE t.slot_id = s.id
"""
AGREE = """
INSERT INTO appointments_appointment (reference, citizen_id, office_id, service_id, cases, slot_id,
    day, starts_at, ends_at, status, booked_at, status_changed_at)
SELECT r.reference,
    (%(citizens)s::bigint[])[1 + (d.of_day * 7919 + (d.day - %(today)s) * 104729)
        %% %(how_many)s],
    d.office_id, (
        SELECT os.service_id FROM offices_officeservice os WHERE os.office_id = d.office_id
        ORDER BY os.id OFFSET d.number %% 3 LIMIT 1),
    1 + d.number %% 2, d.slot_id, d.day, s.starts_at, s.ends_at, 'booked', b.at, b.at
FROM demo_seat d JOIN schedule_slot s ON s.id = d.slot_id
JOIN unnest(%(references)s::text[]) WITH ORDINALITY AS r (reference, number)
    ON r.number = d.number
CROSS JOIN LATERAL (
    SELECT %(now)s::timestamptz - make_interval(mins => (d.number %% 4000)::int) AS at) b
ORDER BY d.number
"""
WRITE_DOWN = """
INSERT INTO journal_journalentry (at, act, subject, by, details)
SELECT a.booked_at, 'booked', 'appointments.Appointment:' || a.id,
    'people.Person:' || a.citizen_id, jsonb_build_object('slots', jsonb_build_array(a.slot_id))
FROM appointments_appointment a ORDER BY a.id
"""


def take_seats(seed: int, today: date, progress: Progress) -> None:
    """Take a part of the free seats; nothing else may have been taken before."""
    progress.begin("taken seats", STEPS)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "seed": seed,
            "today": today,
            "full": FULL_OFFICES,
            "five": FULL_FOR_FIVE_DAYS,
            "until": [today + within for within, _ in FULL_BY_DAY],
            "share": [share for _, share in FULL_BY_DAY],
        }
        cursor.execute(CHOOSE_SEATS, values)
        progress.step()
        cursor.execute("SELECT coalesce(max(of_day), 0), count(*) FROM demo_seat")
        busiest_day, seats = cursor.fetchone()
        citizens = make_citizens(busiest_day)
        progress.step()
        values |= {
            "references": make_references(seats),
            "citizens": citizens,
            "how_many": len(citizens),
            "now": timezone.now(),
        }
        for statement in (LOOK, TAKE, AGREE, WRITE_DOWN, TELL_OF_BOOKING):
            cursor.execute(statement, values)
            progress.step()


def make_citizens(how_many: int, *, first: int = 0) -> list[int]:
    """At least so many, one for each number from the first on."""
    # A prime number of them: the steps by which turns are dealt out then meet each once.
    how_many = _next_prime(max(how_many, 50))
    now = timezone.now()
    people = []
    for number in range(first, first + how_many):
        identity = f"9{number:011}"  # no such number of a foreigner was ever given
        people.append(
            Person(
                mobile=f"+98999{number:07}",
                password=NOBODYS_PASSWORD,
                first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
                last_name=LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)],
                nationality="AF",
                identity_kind=IdentityKind.FOREIGN_UNIQUE,
                identity_sealed=seal(identity, IDENTITY),
                identity_digest=digest(identity, IDENTITY),
                identity_tail=identity[-3:],
                joined_at=now,
            )
        )
    return [person.pk for person in Person.objects.bulk_create(people, batch_size=2000)]


def make_references(how_many: int) -> list[str]:
    """Tracking codes that nobody has, each of them once."""
    given = set(Appointment.objects.values_list("reference", flat=True))
    references: set[str] = set()
    while len(references) < how_many:
        references |= {new_reference()} - given
    return list(references)


def _next_prime(number: int) -> int:
    while any(number % divisor == 0 for divisor in range(2, int(number**0.5) + 1)):
        number += 1
    return number
