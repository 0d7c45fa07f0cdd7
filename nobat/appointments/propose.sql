-- Free hours for somebody whose hour a closure took, the best first: at the same office, or
-- at the nearest others that offer the service. Left out is what take_turn would refuse.
--
-- A function, because planning it anew for each of ten thousand people costs more than all
-- the rest; and so that it looks no further than the nearest office that has enough.
CREATE OR REPLACE FUNCTION free_hours_for(
    p_appointment bigint,       -- displaced: it holds no seat any more
    p_elsewhere boolean,
    p_reach double precision,   -- how far other offices are looked for, in degrees
    p_offices integer,          -- how many of them
    p_since timestamptz,
    p_until timestamptz,
    p_now timestamptz,
    p_turns integer,            -- 1, or 2 in a row
    p_turns_per_day integer,
    p_hours integer             -- how many are wanted
) RETURNS TABLE (
    slot_id bigint,
    second_slot_id bigint,
    starts_at timestamptz,
    ends_at timestamptz,
    office_id bigint,
    metres double precision
) LANGUAGE plpgsql STABLE
-- One plan for all of a large closure, which begins without any hold and ends with thousands.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    v_lost record;
    v_office record;
    v_busy tstzmultirange;      -- when the citizen is elsewhere
    v_full date[];              -- days on which the citizen has all turns that one may have
    v_found integer := 0;
    v_more integer;
BEGIN
    SELECT a.citizen_id, a.office_id, a.service_id, o.lat, o.lon,
            (a.starts_at AT TIME ZONE 'UTC')::time AS clock
        INTO v_lost
        FROM appointments_appointment a
        JOIN offices_office o ON o.id = a.office_id
        JOIN offices_service s ON s.id = a.service_id AND s.is_bookable
        WHERE a.id = p_appointment;
    SELECT coalesce(range_agg(tstzrange(a.starts_at, a.ends_at)), '{}') INTO v_busy
        FROM appointments_appointment a
        WHERE a.citizen_id = v_lost.citizen_id AND a.status IN ('booked', 'checked_in');

    FOR v_office IN
        SELECT o.id, 0::double precision AS metres
        FROM offices_office o
        WHERE NOT p_elsewhere AND o.id = v_lost.office_id AND o.status = 'open'
          AND EXISTS (SELECT FROM offices_officeservice os
            WHERE os.office_id = o.id AND os.service_id = v_lost.service_id)
        UNION ALL (
            SELECT o.id, sqrt(
                power(radians(o.lat - v_lost.lat), 2)
                + power(radians(o.lon - v_lost.lon) * cos(radians(v_lost.lat)), 2)
            ) * 6371000 AS metres
            FROM offices_office o
            WHERE p_elsewhere AND o.id <> v_lost.office_id AND o.status = 'open'
              AND o.lat BETWEEN v_lost.lat - p_reach AND v_lost.lat + p_reach
              AND o.lon BETWEEN v_lost.lon - p_reach AND v_lost.lon + p_reach
              AND EXISTS (SELECT FROM offices_officeservice os
                WHERE os.office_id = o.id AND os.service_id = v_lost.service_id)
            ORDER BY metres, o.id
            LIMIT p_offices)
    LOOP
        v_full := ARRAY(
            SELECT a.day FROM appointments_appointment a
            WHERE a.citizen_id = v_lost.citizen_id AND a.office_id = v_office.id
              AND a.status IN ('booked', 'checked_in')
            GROUP BY a.day
            HAVING p_turns + count(a.slot_id) + count(a.second_slot_id)
                > rule_on('turns_per_office_and_day', a.day, p_turns_per_day));
        RETURN QUERY
            SELECT s.id, next.id, s.starts_at, coalesce(next.ends_at, s.ends_at), s.office_id,
                v_office.metres
            FROM schedule_slot s
            LEFT JOIN LATERAL (
                SELECT n.id, n.ends_at FROM schedule_slot n
                WHERE p_turns = 2 AND n.office_id = s.office_id AND n.starts_at = s.ends_at
                  AND n.is_open
                  AND n.taken + seats_held(n.id, p_now, p_appointment) < n.offered
                LIMIT 1  -- there is one at most; so it is not looked for when one turn is enough
            ) next ON true
            WHERE s.office_id = v_office.id AND s.is_open
              AND s.starts_at >= p_since AND s.starts_at < p_until
              -- As seats_held: calling it takes three times as long, and there are many.
              AND (s.held_until IS NULL OR s.held_until <= p_now OR s.offered > s.taken + (
                SELECT count(*) FROM schedule_hold h
                WHERE h.slot_id = s.id AND h.until > p_now AND h.kept_for <> p_appointment))
              AND (p_turns = 1 OR next.id IS NOT NULL)
              AND NOT v_busy && tstzrange(s.starts_at, coalesce(next.ends_at, s.ends_at))
              AND s.day <> ALL (v_full)
            -- The first day, and on it the hour nearest to the one that was lost.
            ORDER BY s.day,
                abs(extract(epoch FROM (s.starts_at AT TIME ZONE 'UTC')::time - v_lost.clock)), s.id
            LIMIT p_hours - v_found;
        GET DIAGNOSTICS v_more = ROW_COUNT;
        v_found := v_found + v_more;
        EXIT WHEN v_found >= p_hours;
    END LOOP;
END $$;
