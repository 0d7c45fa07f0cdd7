"""The four statements of lean.py."""

TAKE_TURN = """
SELECT outcome, reference FROM take_turn_in_session(
    $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""

SESSION = """
SELECT p.first_name, p.last_name
FROM people_session s JOIN people_person p ON p.id = s.person_id
    AND s.fits = encode(sha256(convert_to($1 || p.password, 'UTF8')), 'hex')
WHERE s.session_key = $2 AND s.expire_date > $3
    AND (s.second_factor_at IS NULL OR s.seen_at > $4)
"""

# A row for each day, and the free hours beside the chosen one.
OFFICE = """
SELECT o.name, o.address, s.day, count(*) FILTER (WHERE s.is_open) AS free,
    coalesce(array_agg(s.id ORDER BY s.starts_at)
        FILTER (WHERE s.is_open AND s.day = $4), '{}') AS slots,
    coalesce(array_agg(s.starts_at ORDER BY s.starts_at)
        FILTER (WHERE s.is_open AND s.day = $4), '{}') AS hours,
    coalesce(array_agg(s.offered - s.taken ORDER BY s.starts_at)
        FILTER (WHERE s.is_open AND s.day = $4), '{}') AS seats
FROM offices_office o
JOIN schedule_slot s ON s.office_id = o.id
WHERE o.code = $1 AND s.starts_at > now() AND s.day BETWEEN $2 AND $3
GROUP BY o.id, s.day
ORDER BY s.day
"""

SEARCH = """
SELECT o.code, o.name, o.address, c.name AS county, f.starts_at AS first_free,
    count(*) OVER () AS total
FROM offices_office o
JOIN offices_county c ON c.id = o.county_id
JOIN offices_officeservice os ON os.office_id = o.id
JOIN offices_service s ON s.id = os.service_id AND s.code = $1
LEFT JOIN LATERAL (
    SELECT t.starts_at FROM schedule_slot t
    WHERE t.office_id = o.id AND t.is_open AND t.starts_at > now() AND t.day BETWEEN $4 AND $5
    ORDER BY t.starts_at LIMIT 1
) f ON true
WHERE o.status = 'open'
    AND ($2::text IS NULL OR c.province_id = $2) AND ($3::text IS NULL OR c.code = $3)
ORDER BY (o.lat - $6::float8) ^ 2 + (o.lon - $7::float8) ^ 2, f.starts_at, o.code
LIMIT 20
"""
