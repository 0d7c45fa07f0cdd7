-- People who are expected today, each at an office with a clerk, as honest rows.
WITH office AS (
    SELECT m.office_id, min(m.person_id) AS clerk,
        row_number() OVER (ORDER BY md5(m.office_id::text)) - 1 AS place,
        count(*) OVER () AS offices
    FROM offices_membership m GROUP BY m.office_id
), citizen AS (
    SELECT person_id, row_number() OVER (ORDER BY person_id) - 1 AS number
    FROM (
        SELECT DISTINCT person_id FROM people_session  -- some have signed in once more
        WHERE second_factor_at IS NULL AND person_id IS NOT NULL
    ) once
    ORDER BY person_id LIMIT %(people)s
), unused AS (
    SELECT reference, row_number() OVER () - 1 AS number
    FROM (SELECT DISTINCT unnest(%(references)s::text[]) AS reference) given
    WHERE NOT EXISTS (
        SELECT FROM appointments_appointment a WHERE a.reference = given.reference)
), expected AS (
    SELECT c.person_id, c.number, u.reference, o.office_id, o.clerk
    FROM citizen c
    JOIN unused u USING (number)
    JOIN office o ON o.place = (c.number + %(shift)s) %% o.offices
), slot AS (
    INSERT INTO schedule_slot (office_id, day, starts_at, ends_at, capacity, offered, taken)
    SELECT office_id, %(day)s, %(starts_at)s, %(starts_at)s + interval '1 minute',
        count(*), count(*), count(*)
    FROM expected GROUP BY office_id
    RETURNING id, office_id, starts_at, ends_at
), agreed AS (
    INSERT INTO appointments_appointment (
        reference, citizen_id, office_id, service_id, cases, slot_id, day, starts_at, ends_at,
        status, booked_at, status_changed_at)
    SELECT e.reference, e.person_id, e.office_id, s.id, 1, slot.id, %(day)s, slot.starts_at,
        slot.ends_at, 'booked', %(booked_at)s, %(booked_at)s
    FROM expected e
    JOIN slot USING (office_id)
    JOIN offices_service s ON s.code = %(service)s
    RETURNING id, reference, citizen_id, slot_id
), noted AS (
    INSERT INTO journal_journalentry (at, act, subject, by, details)
    SELECT %(booked_at)s, 'booked', 'appointments.Appointment:' || id,
        'people.Person:' || citizen_id, jsonb_build_object('slots', ARRAY[slot_id])
    FROM agreed
), told AS (
    INSERT INTO sms_outgoingsms (
        kind, lane, about, occasion, "to", params, not_after, state, next_try_at, queued_at)
    SELECT 'booked', 2, a.reference, 'booked:' || a.reference || ':0', p.mobile, '{}',
        %(starts_at)s, 'expired', %(booked_at)s, %(booked_at)s
    FROM agreed a JOIN people_person p ON p.id = a.citizen_id
)
SELECT clerk, reference FROM expected ORDER BY number
