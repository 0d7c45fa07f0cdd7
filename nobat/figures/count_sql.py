"""The statements of count.py: each writes only those totals that have changed.

`fresh` is what the rows say now. A total that no row speaks of any more is in it too, and
comes to nothing. Days are those of Tehran; see visits/integrity_sql.py for its 3.5 hours.
"""

COUNTED = (
    "offered held appointments came no_shows excused cancelled displaced served walk_ins"
).split()
MEASURED = "measured wait booked_up".split()
SMS_COUNTED = "queued accepted delivered undelivered given_up expired unknown parts cost".split()

# `held` may exceed what is offered: hours closed since, or of which an outage is said.
COUNT_OFFICE_DAYS = """
WITH agreed AS (
    SELECT office_id, day, count(*) AS appointments,
        sum(CASE WHEN status = ANY (%(kept)s)
            THEN 1 + (second_slot_id IS NOT NULL)::int ELSE 0 END) AS held,
        count(*) FILTER (WHERE status = 'checked_in') AS came,
        count(*) FILTER (WHERE status = 'no_show') AS no_shows,
        count(*) FILTER (WHERE status = 'excused') AS excused,
        count(*) FILTER (WHERE status = 'cancelled_by_citizen') AS cancelled,
        count(*) FILTER (WHERE status = 'displaced') AS displaced
    FROM appointments_appointment
    WHERE office_id = ANY (%(offices)s) AND day BETWEEN %(first)s AND %(last)s
    GROUP BY office_id, day
), seats AS (
    SELECT office_id, day, sum(greatest(offered, taken)) AS offered
    FROM schedule_slot
    WHERE office_id = ANY (%(offices)s) AND starts_at >= %(since)s AND starts_at < %(until)s
    GROUP BY office_id, day
), seen AS (
    SELECT office_id, day, count(*) FILTER (WHERE state = 'served') AS served,
        count(*) FILTER (WHERE appointment_id IS NULL) AS walk_ins
    FROM visits_visit
    WHERE office_id = ANY (%(offices)s) AND day BETWEEN %(first)s AND %(last)s
    GROUP BY office_id, day
), written AS (
    SELECT office_id, day FROM figures_officedaytotal
    WHERE office_id = ANY (%(offices)s) AND day BETWEEN %(first)s AND %(last)s
), fresh AS (
    SELECT office_id, day, greatest(coalesce(offered, 0), coalesce(held, 0)) AS offered,
        coalesce(held, 0) AS held, coalesce(appointments, 0) AS appointments,
        coalesce(came, 0) AS came, coalesce(no_shows, 0) AS no_shows,
        coalesce(excused, 0) AS excused, coalesce(cancelled, 0) AS cancelled,
        coalesce(displaced, 0) AS displaced, coalesce(served, 0) AS served,
        coalesce(walk_ins, 0) AS walk_ins
    FROM agreed FULL JOIN seats USING (office_id, day)
        FULL JOIN seen USING (office_id, day) FULL JOIN written USING (office_id, day)
)
INSERT INTO figures_officedaytotal AS t (office_id, day, {columns})
SELECT office_id, day, {columns} FROM fresh ORDER BY day, office_id
ON CONFLICT (office_id, day) DO UPDATE SET {update}
WHERE ({stored}) IS DISTINCT FROM ({counted})
"""
# Nobody books for a day that has begun: what was booked since the first day is for a later one.
COUNT_BOOKED = """
WITH agreed AS (
    SELECT office_id, (booked_at AT TIME ZONE 'UTC' + interval '3.5 hours')::date AS day,
        count(*) AS booked
    FROM appointments_appointment
    WHERE office_id = ANY (%(offices)s) AND day >= %(first)s
      AND booked_at >= %(since)s AND booked_at < %(until)s
    GROUP BY 1, 2
), written AS (
    SELECT office_id, day FROM figures_officedaytotal
    WHERE office_id = ANY (%(offices)s) AND day BETWEEN %(first)s AND %(last)s AND booked > 0
)
INSERT INTO figures_officedaytotal AS t (office_id, day, {columns})
SELECT office_id, day, {none_else} FROM agreed FULL JOIN written USING (office_id, day)
ORDER BY day, office_id
ON CONFLICT (office_id, day) DO UPDATE SET {update}
WHERE ({stored}) IS DISTINCT FROM ({counted})
"""
COUNT_SERVICES = """
WITH agreed AS (
    SELECT o.county_id, a.service_id, a.day, count(*) AS appointments
    FROM appointments_appointment a JOIN offices_office o ON o.id = a.office_id
    WHERE a.office_id = ANY (%(offices)s) AND a.day BETWEEN %(first)s AND %(last)s
    GROUP BY o.county_id, a.service_id, a.day
), written AS (
    SELECT county_id, service_id, day FROM figures_servicedaytotal
    WHERE day BETWEEN %(first)s AND %(last)s
)
INSERT INTO figures_servicedaytotal AS t (county_id, service_id, day, {columns})
SELECT county_id, service_id, day, coalesce(appointments, 0)
FROM agreed FULL JOIN written USING (county_id, service_id, day)
ORDER BY day, county_id, service_id
ON CONFLICT (day, county_id, service_id) DO UPDATE SET {update}
WHERE ({stored}) IS DISTINCT FROM ({counted})
"""
ADD_UP_PROVINCES = """
WITH added AS (
    SELECT c.province_id, t.day, {sums}
    FROM figures_officedaytotal t JOIN offices_office o ON o.id = t.office_id
        JOIN offices_county c ON c.id = o.county_id
    WHERE t.day BETWEEN %(first)s AND %(last)s
    GROUP BY c.province_id, t.day
), written AS (
    SELECT province_id, day FROM figures_provincedaytotal
    WHERE day BETWEEN %(first)s AND %(last)s
)
INSERT INTO figures_provincedaytotal AS t (province_id, day, {columns})
SELECT province_id, day, {none_else}
FROM added FULL JOIN written USING (province_id, day) ORDER BY day, province_id
ON CONFLICT (day, province_id) DO UPDATE SET {update}
WHERE ({stored}) IS DISTINCT FROM ({counted})
"""
# Whoever gives no turns at all in these days is far from nothing: it is left out.
MEASURE_FIRST_FREE = """
INSERT INTO figures_officedaytotal AS t (office_id, day, {columns})
SELECT o.id, %(day)s, 1, coalesce(free.day - %(day)s, %(beyond)s), (free.day IS NULL)::int
FROM offices_office o LEFT JOIN LATERAL (
    SELECT s.day FROM schedule_slot s
    WHERE s.office_id = o.id AND slot_is_free(s, %(now)s, NULL)
      AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
    ORDER BY s.starts_at LIMIT 1
) free ON true
WHERE o.status = 'open'
  AND NOT EXISTS (
    SELECT FROM figures_officedaytotal m
    WHERE m.office_id = o.id AND m.day = %(day)s AND m.measured > 0)
  AND EXISTS (
    SELECT FROM schedule_slot s
    WHERE s.office_id = o.id AND s.offered > 0
      AND s.starts_at >= %(since)s AND s.starts_at < %(until)s)
ORDER BY o.id
ON CONFLICT (office_id, day) DO UPDATE SET {update} WHERE t.measured = 0
"""
COUNT_SMS = """
WITH sent AS (
    SELECT m.kind, coalesce(c.province_id, '') AS province, count(*) AS queued,
        count(*) FILTER (WHERE m.sent_at IS NOT NULL) AS accepted,
        count(*) FILTER (WHERE m.state = 'delivered') AS delivered,
        count(*) FILTER (WHERE m.state IN ('undelivered', 'blocked')
            AND m.sent_at IS NOT NULL) AS undelivered,
        count(*) FILTER (WHERE m.state = 'given_up'
            OR m.state = 'blocked' AND m.sent_at IS NULL) AS given_up,
        count(*) FILTER (WHERE m.state = 'expired') AS expired,
        count(*) FILTER (WHERE m.state = 'unknown') AS unknown,
        sum(m.parts) AS parts, coalesce(sum(m.cost), 0) AS cost
    FROM sms_outgoingsms m
        LEFT JOIN appointments_appointment a ON a.reference = m.about AND m.about <> ''
        LEFT JOIN offices_office o ON o.id = a.office_id
        LEFT JOIN offices_county c ON c.id = o.county_id
    WHERE m.queued_at >= %(since)s AND m.queued_at < %(until)s
    GROUP BY 1, 2
), written AS (
    SELECT kind, coalesce(province_id, '') AS province FROM figures_smsdaytotal
    WHERE day = %(day)s
)
INSERT INTO figures_smsdaytotal AS t (day, kind, province_id, {columns})
SELECT %(day)s, kind, nullif(province, ''), {none_else}
FROM sent FULL JOIN written USING (kind, province) ORDER BY kind, province
ON CONFLICT (day, kind, province_id) DO UPDATE SET {update}
WHERE ({stored}) IS DISTINCT FROM ({counted})
"""


def with_columns(statement: str, columns: list[str]) -> str:
    """The statement for these columns; there is one way to write only what differs."""
    return statement.format(
        columns=", ".join(columns),
        update=", ".join(f"{name} = excluded.{name}" for name in columns),
        stored=", ".join(f"t.{name}" for name in columns),
        counted=", ".join(f"excluded.{name}" for name in columns),
        sums=", ".join(f"sum(t.{name}) AS {name}" for name in columns),
        none_else=", ".join(f"coalesce({name}, 0)" for name in columns),
    )
