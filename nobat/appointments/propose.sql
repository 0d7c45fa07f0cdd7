-- Free hours for somebody whose hour a closure took, the best first: at the same office, or
-- at the nearest others that offer the service. Left out is what take_turn would refuse.
WITH lost AS (
    SELECT a.id, a.citizen_id, a.office_id, a.service_id, a.starts_at, o.lat, o.lon,
        (a.starts_at AT TIME ZONE 'UTC')::time AS clock
    FROM appointments_appointment a JOIN offices_office o ON o.id = a.office_id
    WHERE a.id = %(appointment)s
), office AS (
    SELECT o.id, lost.id AS appointment_id, CASE WHEN o.id = lost.office_id THEN 0 ELSE sqrt(
        power(radians(o.lat - lost.lat), 2)
        + power(radians(o.lon - lost.lon) * cos(radians(lost.lat)), 2)) * 6371000 END AS metres
    FROM lost
    JOIN offices_office o ON CASE WHEN %(elsewhere)s
        THEN o.id <> lost.office_id AND o.lat BETWEEN lost.lat - %(reach)s AND lost.lat + %(reach)s
            AND o.lon BETWEEN lost.lon - %(reach)s AND lost.lon + %(reach)s
        ELSE o.id = lost.office_id END
    JOIN offices_officeservice os ON os.office_id = o.id AND os.service_id = lost.service_id
    JOIN offices_service s ON s.id = os.service_id AND s.is_bookable
    WHERE o.status = 'open'
    ORDER BY metres
    LIMIT %(offices)s
)
SELECT hour.id, hour.next_id, hour.starts_at, hour.ends_at, office.id, office.metres
FROM office CROSS JOIN LATERAL (
    SELECT s.id, next.id AS next_id, s.starts_at, coalesce(next.ends_at, s.ends_at) AS ends_at
    FROM lost
    JOIN schedule_slot s ON s.office_id = office.id AND s.is_open
        AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
    LEFT JOIN schedule_slot next ON %(turns)s = 2 AND next.office_id = s.office_id
        AND next.starts_at = s.ends_at AND next.is_open
        AND next.taken + seats_held(next.id, %(now)s, lost.id) < next.offered
    WHERE (s.held_until IS NULL OR s.held_until <= %(now)s
            OR s.taken + seats_held(s.id, %(now)s, lost.id) < s.offered)
      AND (%(turns)s = 1 OR next.id IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM appointments_appointment a
        WHERE a.citizen_id = lost.citizen_id AND a.status IN ('booked', 'checked_in')
          AND a.starts_at < coalesce(next.ends_at, s.ends_at) AND a.ends_at > s.starts_at)
      AND %(turns)s + (
        SELECT count(a.slot_id) + count(a.second_slot_id) FROM appointments_appointment a
        WHERE a.citizen_id = lost.citizen_id AND a.office_id = s.office_id AND a.day = s.day
          AND a.status IN ('booked', 'checked_in')) <= %(turns_per_day)s
    -- The first day, and on it the hour nearest to the one that was lost.
    ORDER BY s.day, abs(extract(epoch FROM (s.starts_at AT TIME ZONE 'UTC')::time - lost.clock))
    LIMIT %(hours)s
) hour
ORDER BY office.metres
LIMIT %(hours)s
