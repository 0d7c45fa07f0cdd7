-- What must hold once an order is carried out. Every number must be 0. %(touched)s are the
-- appointments that stood in what closed in the moment in which its seats closed.
WITH touched AS (
    SELECT a.* FROM appointments_appointment a WHERE a.id = ANY (%(touched)s)
), outcome AS (
    SELECT p.* FROM appointments_proposal p WHERE p.order_id = %(order)s
), closed AS (
    SELECT c.office_id, c.day FROM schedule_closure c WHERE c.order_id = %(order)s
)
SELECT 'people of whom nobody knows what becomes of them' AS rule, count(*) AS broken
FROM touched t WHERE t.status <> 'displaced'
    OR NOT EXISTS (SELECT FROM outcome p WHERE p.appointment_id = t.id)
UNION ALL
SELECT 'people with more than one outcome', count(*)
FROM (SELECT FROM appointments_proposal GROUP BY appointment_id HAVING count(*) > 1) many
UNION ALL
SELECT 'people who were not told just once', count(*)
FROM touched t WHERE (
    SELECT count(*) FROM sms_outgoingsms m
    WHERE m.about = t.reference AND m.kind = 'office_closed') <> 1
UNION ALL
SELECT 'people of whom the journal does not say just once that they were displaced', count(*)
FROM touched t WHERE (
    SELECT count(*) FROM journal_journalentry j
    WHERE j.subject = 'appointments.Appointment:' || t.id AND j.act = 'displaced') <> 1
UNION ALL
SELECT 'people displaced whom nothing touched', count(*)
FROM appointments_proposal p WHERE NOT p.appointment_id = ANY (%(touched)s)
UNION ALL
SELECT 'appointments that stand in what closed', count(*)
FROM appointments_appointment a JOIN closed c ON c.office_id = a.office_id AND c.day = a.day
WHERE a.status IN ('booked', 'checked_in')
UNION ALL
SELECT 'free seats in what closed', count(*)
FROM schedule_slot s JOIN closed c ON c.office_id = s.office_id AND c.day = s.day
WHERE s.offered > 0 OR s.taken > 0
UNION ALL
SELECT 'hours proposed in what closed', count(*)
FROM outcome p JOIN schedule_slot s ON s.id IN (p.slot_id, p.second_slot_id)
JOIN closed c ON c.office_id = s.office_id AND c.day = s.day
UNION ALL
SELECT 'proposals without just their seats held', count(*)
FROM outcome p WHERE (
    SELECT coalesce(array_agg(h.slot_id ORDER BY h.slot_id), '{}') FROM schedule_hold h
    WHERE h.kept_for = p.appointment_id AND h.until = p.held_until
) <> ARRAY(SELECT id FROM unnest(ARRAY[p.slot_id, p.second_slot_id]) id
    WHERE id IS NOT NULL ORDER BY id)
UNION ALL
SELECT 'holds of nobody', count(*)
FROM schedule_hold h WHERE NOT EXISTS (SELECT FROM outcome p WHERE p.appointment_id = h.kept_for)
UNION ALL
SELECT 'slots with more seats promised than there are', count(*)
FROM schedule_slot s WHERE s.held_until IS NOT NULL AND s.capacity < s.taken + (
    SELECT count(*) FROM schedule_hold h WHERE h.slot_id = s.id)
UNION ALL
SELECT 'exceptions that closed', count(*)
FROM schedule_slot s JOIN offices_office o ON o.id = s.office_id
JOIN offices_county c ON c.id = o.county_id
WHERE c.code = ANY (%(but_counties)s) AND s.day = %(day)s AND s.offered < s.capacity;
