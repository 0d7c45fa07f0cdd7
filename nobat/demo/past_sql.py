"""The statements of past.py. `demo_past` has a row for each turn that was taken,
and `demo_agreed` the appointments that came of them.
"""

# What became of it follows from the office's code and the hour, not from ids.
CHOOSE = """
CREATE TEMPORARY TABLE demo_past ON COMMIT DROP AS
WITH chance AS (
    SELECT s.id AS slot_id, s.office_id, s.day, s.starts_at, s.ends_at, n, abs(hashtextextended(
            o.code || s.starts_at::text || n, %(seed)s)) AS luck,
        abs(hashtextextended(o.code || s.day::text, %(seed)s)) %% 40 = 0 AS is_closed
    FROM schedule_slot s JOIN offices_office o ON o.id = s.office_id
    CROSS JOIN LATERAL generate_series(1, s.offered) n
    WHERE s.office_id = ANY (%(offices)s) AND s.day >= %(first)s AND s.day < %(today)s
), outcome AS (
    SELECT c.*, CASE
        WHEN is_closed THEN 'displaced'
        WHEN luck / 100 %% 100 < 82 THEN 'checked_in'
        WHEN luck / 100 %% 100 < 88 THEN 'no_show'
        WHEN luck / 100 %% 100 < 98 THEN 'cancelled_by_citizen'
        ELSE 'excused' END AS status
    FROM chance c WHERE luck %% 100 < %(full)s
)
SELECT outcome.*, row_number() OVER (ORDER BY starts_at, slot_id, n) AS number,
    row_number() OVER (PARTITION BY day ORDER BY slot_id, n) AS of_day,
    count(*) FILTER (WHERE status = 'no_show') OVER (ORDER BY starts_at, slot_id, n) AS missed
FROM outcome
"""
LOOK = "ANALYZE demo_past, schedule_slot"
AGREE = """
INSERT INTO appointments_appointment (reference, citizen_id, office_id, service_id, cases, slot_id,
    day, starts_at, ends_at, status, reason, booked_at, status_changed_at)
SELECT r.reference,
    CASE WHEN p.status = 'no_show' THEN (%(missing)s::bigint[])[p.missed]
        ELSE (%(regulars)s::bigint[])[p.of_day] END,
    p.office_id, (
        SELECT os.service_id FROM offices_officeservice os WHERE os.office_id = p.office_id
        ORDER BY os.id OFFSET p.luck / 10000 %% 5 LIMIT 1),
    1 + p.luck %% 2, p.slot_id, p.day, p.starts_at, p.ends_at, p.status,
    CASE p.status WHEN 'displaced' THEN %(reason)s WHEN 'excused' THEN 'قطعی سامانهٔ دفتر'
        ELSE '' END,
    p.starts_at - make_interval(hours => (30 + p.luck / 10000 %% 300)::int),
    CASE p.status
        WHEN 'checked_in' THEN p.starts_at - interval '5 minutes'
        WHEN 'cancelled_by_citizen' THEN p.starts_at - interval '1 day'
        WHEN 'displaced' THEN p.starts_at - interval '14 hours'
        ELSE p.ends_at + interval '1 hour' END
FROM demo_past p
JOIN unnest(%(references)s::text[]) WITH ORDINALITY AS r (reference, number) USING (number)
ORDER BY p.number
"""
AGREED = """
CREATE TEMPORARY TABLE demo_agreed ON COMMIT DROP AS
SELECT a.* FROM appointments_appointment a
WHERE a.office_id = ANY (%(offices)s) AND a.day >= %(first)s AND a.day < %(today)s
"""
LOOK_AGAIN = "ANALYZE demo_agreed, people_person"
CLOSE = """
INSERT INTO schedule_closure (office_id, day, reason)
SELECT DISTINCT a.office_id, a.day, %(reason)s FROM demo_agreed a
WHERE a.status = 'displaced'
"""
# Nothing was found for those of a closed day; the office has called each of them.
PROPOSE = """
INSERT INTO appointments_proposal (appointment_id, moves, lost_office_id, lost_starts_at, outcome,
    made_at, answer, needs_call, called_at, called_by_id)
SELECT a.id, 0, a.office_id, a.starts_at, 'none', a.status_changed_at, '', true,
    a.status_changed_at + interval '1 hour', %(clerk)s
FROM demo_agreed a WHERE a.status = 'displaced'
"""
RECEIVE = """
INSERT INTO visits_visit (office_id, day, number, appointment_id, name, service_id, hour, state,
    note, arrived_at, called_at, finished_at, recorded_by_id)
SELECT a.office_id, a.day,
    row_number() OVER (PARTITION BY a.office_id, a.day ORDER BY a.starts_at, a.id), a.id, '',
    a.service_id, a.starts_at,
    CASE WHEN a.id %% 25 = 0 THEN 'papers_missing' ELSE 'served' END,
    CASE WHEN a.id %% 25 = 0 THEN 'اصل وکالت‌نامه' ELSE '' END,
    a.status_changed_at, a.starts_at, a.starts_at + interval '20 minutes', %(clerk)s
FROM demo_agreed a WHERE a.status = 'checked_in'
"""
COUNT_NUMBERS = """
INSERT INTO visits_officeday (office_id, day, last_number)
SELECT a.office_id, a.day, max(a.number) FROM visits_visit a
WHERE a.office_id = ANY (%(offices)s) AND a.day >= %(first)s AND a.day < %(today)s
GROUP BY a.office_id, a.day
"""
ADD_UP_SEATS = """
UPDATE schedule_slot s SET
    taken = here.came, offered = CASE WHEN here.is_closed THEN 0 ELSE s.offered END
FROM (
    SELECT a.slot_id, count(*) FILTER (WHERE a.status = 'checked_in') AS came,
        bool_or(a.status = 'displaced') AS is_closed
    FROM demo_agreed a GROUP BY a.slot_id
) here WHERE here.slot_id = s.id
"""
# The week without booking that follows a no-show.
END_WEEKS = """
INSERT INTO appointments_suspension (citizen_id, cause_id, starts_at, until)
SELECT a.citizen_id, a.id, a.status_changed_at, a.status_changed_at + interval '7 days'
FROM demo_agreed a WHERE a.status = 'no_show'
"""
WRITE_DOWN = """
INSERT INTO journal_journalentry (at, act, subject, by, details)
SELECT e.at, e.act, e.subject, e.by, e.details
FROM demo_agreed a LEFT JOIN visits_visit v ON v.appointment_id = a.id
CROSS JOIN LATERAL (
    SELECT a.booked_at AS at, 'booked' AS act, 'appointments.Appointment:' || a.id AS subject,
        'people.Person:' || a.citizen_id AS by,
        jsonb_build_object('slots', jsonb_build_array(a.slot_id)) AS details
    UNION ALL
    SELECT a.status_changed_at, a.status, 'appointments.Appointment:' || a.id,
        CASE a.status WHEN 'checked_in' THEN 'people.Person:' || %(clerk)s
            WHEN 'cancelled_by_citizen' THEN 'people.Person:' || a.citizen_id ELSE '' END,
        CASE a.status WHEN 'checked_in' THEN jsonb_build_object('number', v.number)
            WHEN 'excused' THEN jsonb_build_object('why', a.reason) ELSE '{}' END
    UNION ALL
    SELECT a.status_changed_at, 'suspended', 'people.Person:' || a.citizen_id, '',
        jsonb_build_object('appointment', a.id, 'until', a.status_changed_at + interval '7 days')
    WHERE a.status = 'no_show'
    UNION ALL
    SELECT a.status_changed_at + interval '1 hour', 'called_up',
        'appointments.Appointment:' || a.id, 'people.Person:' || %(clerk)s, '{}'
    WHERE a.status = 'displaced'
) e ORDER BY e.at
"""
WRITE_DOWN_VISITS = """
INSERT INTO journal_journalentry (at, act, subject, by, details)
SELECT e.at, e.act, 'visits.Visit:' || a.id, 'people.Person:' || %(clerk)s, e.details
FROM visits_visit a CROSS JOIN LATERAL (
    SELECT a.called_at AS at, 'called' AS act, '{}'::jsonb AS details
    UNION ALL
    SELECT a.finished_at, 'finished', jsonb_build_object('outcome', a.state)
) e
WHERE a.office_id = ANY (%(offices)s) AND a.day >= %(first)s AND a.day < %(today)s
ORDER BY e.at
"""
