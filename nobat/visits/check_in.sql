-- Somebody with an appointment is here: one statement, so that of two clerks with one receipt,
-- of a check-in and the end of the day, or of a check-in and a deletion, just one succeeds.
-- No row: the appointment is no longer what it was a moment ago.
WITH came AS (
    UPDATE appointments_appointment SET status = 'checked_in', status_changed_at = %(now)s
    WHERE id = %(appointment)s AND office_id = %(office)s AND day = %(day)s
      AND status = 'booked' AND moves = %(moves)s
    RETURNING id, service_id
), ticket AS (
    INSERT INTO visits_officeday (office_id, day, last_number)
    SELECT %(office)s, %(day)s, 1 FROM came
    ON CONFLICT (office_id, day) DO UPDATE SET last_number = visits_officeday.last_number + 1
    RETURNING last_number
), visit AS (
    INSERT INTO visits_visit (
        office_id, day, number, appointment_id, name, service_id, hour, state, arrived_at,
        recorded_by_id)
    SELECT %(office)s, %(day)s, ticket.last_number, came.id, '', came.service_id, %(hour)s,
        'waiting', %(arrived_at)s, %(by)s
    FROM came, ticket
    RETURNING id, number
), written AS (
    INSERT INTO journal_journalentry (at, act, subject, by, details)
    SELECT %(now)s, 'checked_in', 'appointments.Appointment:' || came.id,
        'people.Person:' || %(by)s::bigint,
        jsonb_build_object('number', visit.number, 'arrived_at', %(arrived_at)s::timestamptz)
    FROM came, visit
)
SELECT id, number FROM visit
