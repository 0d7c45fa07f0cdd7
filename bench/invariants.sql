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
);
