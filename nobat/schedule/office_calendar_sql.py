"""The statement of office_calendar.py, for one turn and for any number of them.

By hand, because this page is what a rush begins with: the same through the ORM was measured at
twenty times the work for us and ten times for the database.
"""

_READ = """
SELECT json_build_array(
    json_build_array(o.id, o.code, o.name, o.manager, o.address, o.phone, o.lat, o.lon, o.status),
    json_build_array(c.code, c.name, c.province_id, c.lat, c.lon),
    (SELECT json_agg(os.service_id) FROM offices_officeservice os WHERE os.office_id = o.id),
    (SELECT json_agg(json_build_array(
            h.valid_from, h.weekday, h.opens_at, h.closes_at, h.minutes, h.seats))
        FROM schedule_weeklyhours h WHERE h.office_id = o.id),
    (SELECT json_agg(json_build_array(x.day, x.from_hour, x.until_hour, x.reason)
            ORDER BY x.day, x.from_hour)
        FROM schedule_closure x
        WHERE x.office_id = o.id AND x.day BETWEEN $2::date AND $3::date AND x.stays = 0),
    (SELECT json_object_agg(x.day, x.title)
        FROM schedule_holiday x WHERE x.day BETWEEN $2::date AND $3::date),
    {slots})::text
FROM offices_office o JOIN offices_county c ON c.id = o.county_id
WHERE o.code = $1
"""
# A slot is open if a seat in it is neither taken nor kept for somebody else.
_FREE = """s.offered - s.taken - CASE WHEN s.held_until > $6::timestamptz AND s.is_open
            THEN seats_held(s.id, $6::timestamptz, {moving}) ELSE 0 END"""
_SLOTS = "schedule_slot s WHERE s.office_id = o.id AND s.starts_at >= {} AND s.starts_at < {}"
_IN_WINDOW = _SLOTS.format("$4::timestamptz", "$5::timestamptz")
_IN_CHOSEN_DAY = _SLOTS.format("$7::timestamptz", "$8::timestamptz")
_HOURS = "json_agg(json_build_array(h.id, h.starts_at, h.ends_at, h.seats) ORDER BY h.starts_at)"

# Nearly always one turn is wanted: then nothing has to be known of the slot that follows.
ONE_TURN = _READ.format(
    slots=f"""json_build_array(
    (SELECT json_agg(json_build_array(d.day, d.offered, d.open, d.open)) FROM (
        SELECT s.day, count(*) FILTER (WHERE s.offered > 0) AS offered,
            count(*) FILTER (WHERE {_FREE.format(moving="NULL")} > 0) AS open
        FROM {_IN_WINDOW} GROUP BY s.day) d),
    (SELECT {_HOURS} FROM (
        SELECT s.id, s.starts_at, s.ends_at, {_FREE.format(moving="NULL")} AS seats
        FROM {_IN_CHOSEN_DAY}) h WHERE h.seats > 0))"""  # noqa: S608  our own texts
)
# Of an appointment that moves, its own seats are free for it; but what it has already, exactly
# so, is no hour to move to.
ANY_TURNS = _READ.format(
    slots=f"""
    (WITH seat AS (
        SELECT s.id, s.day, s.starts_at, s.ends_at, s.offered,
            s.id = ANY ($11::bigint[]) AS is_held,
            {_FREE.format(moving="nullif($12, '')::bigint")} AS free
        FROM {_IN_WINDOW}
    ), slot AS (
        SELECT s.id, s.day, s.starts_at, s.ends_at, s.offered, s.is_held,
            s.free > 0 OR s.is_held AS is_open, greatest(s.free + s.is_held::int, 1) AS seats
        FROM seat s
    ), hour AS (
        SELECT s.id, s.day, s.offered, s.is_open, s.starts_at,
            coalesce(next.ends_at, s.ends_at) AS ends_at, least(s.seats, next.seats) AS seats,
            s.is_open
                AND NOT (s.is_held
                    AND array_remove(ARRAY[s.id, next.id], NULL) = $11::bigint[])
                AND (s.day <> ALL ($9::date[]) OR next.id IS NOT NULL) AS is_free
        FROM slot s LEFT JOIN slot next
            ON s.day = ANY ($10::date[]) AND next.is_open AND next.starts_at = s.ends_at
    )
    SELECT json_build_array(
        (SELECT json_agg(json_build_array(d.day, d.offered, d.open, d.free)) FROM (
            SELECT h.day, count(*) FILTER (WHERE h.offered > 0) AS offered,
                count(*) FILTER (WHERE h.is_open) AS open,
                count(*) FILTER (WHERE h.is_free) AS free
            FROM hour h GROUP BY h.day) d),
        (SELECT {_HOURS} FROM hour h WHERE h.is_free
            AND h.starts_at >= $7::timestamptz AND h.starts_at < $8::timestamptz)))"""  # noqa: S608  our own texts
)
