-- Which seats are taken before anything closes: of the day that closes just so many as the plan
-- says; of the next days fewer and fewer; every tenth office is full for a week and more, and
-- the few that have the rare service are full as far as one can book.
CREATE TEMPORARY TABLE demo_seat ON COMMIT DROP AS
WITH seat AS (
    SELECT s.id AS slot_id, s.day, s.office_id, n,
        s.day - %(day)s::date AS days_later,
        s.office_id %% 10 = 0 AS is_full_office,
        s.office_id = ANY (%(with_rare_service)s) AS is_full_for_ever,
        c.province_id = %(province)s AND NOT c.code = ANY (%(but_counties)s) AS closes,
        (abs(hashtextextended(s.id || '.' || n, 0)) %% 10000) / 10000.0 AS luck
    FROM schedule_slot s
    JOIN offices_office o ON o.id = s.office_id
    JOIN offices_county c ON c.id = o.county_id
    CROSS JOIN LATERAL generate_series(1, s.offered) n
    WHERE c.province_id = ANY (%(provinces)s)
), ranked AS (
    SELECT seat.*, row_number() OVER (PARTITION BY closes, day ORDER BY luck, slot_id) AS place
    FROM seat
)
SELECT slot_id, day, office_id,
    row_number() OVER (PARTITION BY day ORDER BY slot_id, n) AS of_day,
    row_number() OVER (ORDER BY day, slot_id, n) AS number
FROM ranked
WHERE CASE
    WHEN closes AND days_later = 0 THEN place <= %(appointments)s
    WHEN is_full_for_ever THEN true
    WHEN is_full_office AND days_later <= 8 THEN true
    ELSE luck < CASE WHEN days_later <= 2 THEN 0.6 WHEN days_later <= 7 THEN 0.35 ELSE 0.02 END
END
