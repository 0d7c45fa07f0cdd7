-- What must hold after any load. Every number must be 0.
WITH held AS (
    SELECT a.*, s.id AS seat_in
    FROM appointments_appointment a
    JOIN schedule_slot s ON s.id IN (a.slot_id, a.second_slot_id)
    WHERE a.status IN ('booked', 'checked_in')
)
SELECT 'slots whose counter differs from the seats held' AS rule, count(*) AS broken
FROM schedule_slot s
LEFT JOIN (SELECT seat_in, count(*) AS seats FROM held GROUP BY seat_in) h ON h.seat_in = s.id
WHERE s.taken <> coalesce(h.seats, 0)
UNION ALL
SELECT 'slots with more seats taken than there are', count(*)
FROM schedule_slot WHERE taken > capacity
UNION ALL
SELECT 'citizens with more than two turns at an office on a day', count(*)
FROM (SELECT FROM held GROUP BY citizen_id, office_id, day HAVING count(*) > 2) many
UNION ALL
SELECT 'citizens at two places at once', count(*)
FROM held a
JOIN held b ON a.citizen_id = b.citizen_id AND a.id < b.id
    AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
UNION ALL
SELECT 'appointments without their SMS', count(*)
FROM appointments_appointment a
WHERE NOT EXISTS (SELECT FROM sms_outgoingsms o WHERE o.occasion = 'booked:' || a.reference || ':0')
UNION ALL
SELECT 'appointments without their entry in the journal', count(*)
FROM appointments_appointment a
WHERE NOT EXISTS (
    SELECT FROM journal_journalentry j
    WHERE j.subject = 'appointments.Appointment:' || a.id AND j.act = 'booked'
)
UNION ALL
SELECT 'days of an office whose ticket numbers have a gap or a double', count(*)
FROM (
    SELECT d.last_number, count(v.id) AS tickets, count(DISTINCT v.number) AS numbers,
        coalesce(max(v.number), 0) AS highest
    FROM visits_officeday d
    LEFT JOIN visits_visit v ON v.office_id = d.office_id AND v.day = d.day
    GROUP BY d.id
) counted
WHERE (tickets, numbers, highest) IS DISTINCT FROM (numbers, last_number::bigint, last_number)
UNION ALL
SELECT 'visits on a day that an office has not begun', count(*)
FROM visits_visit v
WHERE NOT EXISTS (
    SELECT FROM visits_officeday d WHERE d.office_id = v.office_id AND d.day = v.day)
UNION ALL
SELECT 'people checked in without a visit, or with a visit and not checked in', count(*)
FROM appointments_appointment a
FULL JOIN visits_visit v ON v.appointment_id = a.id
WHERE (a.status = 'checked_in') <> (v.id IS NOT NULL) AND (v.id IS NULL OR v.appointment_id IS NOT NULL);
