"""The statement of office_calendar.py, for one turn and for any number of them.

By hand, because this page is what a rush begins with: the same through the ORM was measured at
twenty times the work for us and ten times for the database.
"""

SEPARATOR = "\x1f"  # which no JSON has
# Each turn is a sign: its day, counted from the first that is shown, and what can be done with it.
# So what stands in a month takes no grouping here, and is one short text, by which what was made
# of it last time is found again.
FIRST_SIGN, SIGNS_A_DAY = ord("0"), 4
FULL, SINGLE, FREE = 1, 2, 3  # single: free, and two in a row are wanted

_READ = """
SELECT json_build_array(
    json_build_array(o.id, o.code, o.name, o.manager, o.address, o.phone, o.lat, o.lon, o.status),
    json_build_array(c.code, c.name, c.province_id, c.lat, c.lon),
    o.offers,
    (SELECT json_agg(json_build_array(
            h.valid_from, h.weekday, h.opens_at, h.closes_at, h.minutes, h.seats))
        FROM schedule_weeklyhours h WHERE h.office_id = o.id),
    (SELECT json_agg(json_build_array(x.day, x.from_hour, x.until_hour, x.reason)
            ORDER BY x.day, x.from_hour)
        FROM schedule_closure x
        WHERE x.office_id = o.id AND x.day BETWEEN $2::date AND $3::date AND x.stays = 0),
    (SELECT json_object_agg(x.day, x.title)
        FROM schedule_holiday x WHERE x.day BETWEEN $2::date AND $3::date)
    )::text || {turns}
FROM offices_office o JOIN offices_county c ON c.id = o.county_id
WHERE o.code = $1
"""
_TURNS = f"""'{SEPARATOR}' || coalesce(string_agg(
    chr({FIRST_SIGN} + {SIGNS_A_DAY} * (t.day - $2::date) + {{what}}),
    '' ORDER BY t.starts_at), '')"""
_HOURS = f"""'{SEPARATOR}' || coalesce(json_agg(
    json_build_array(h.id, h.starts_at, h.ends_at, h.seats) ORDER BY h.starts_at)::text, '[]')"""
_SLOTS = "schedule_slot t WHERE t.office_id = o.id AND t.starts_at >= {} AND t.starts_at < {}"
_IN_WINDOW = _SLOTS.format("$4::timestamptz", "$5::timestamptz")
_IN_CHOSEN_DAY = _SLOTS.format("$7::timestamptz", "$8::timestamptz")
# A slot is open if a seat in it is neither taken nor kept for somebody else.
_SEATS = """t.offered - t.taken - CASE WHEN t.held_until > $6::timestamptz AND t.is_open
            THEN seats_held(t.id, $6::timestamptz, {moving}) ELSE 0 END"""

# Nearly always one turn is wanted: then nothing has to be known of the slot that follows.
_ONE = f"""CASE WHEN slot_is_free(t, $6::timestamptz, NULL) THEN {FREE}
    WHEN t.offered > 0 THEN {FULL} END"""
ONE_TURN = _READ.format(
    turns=f"""
    (SELECT {_TURNS.format(what=_ONE)} FROM {_IN_WINDOW}) ||
    (SELECT {_HOURS} FROM (
        SELECT t.id, t.starts_at, t.ends_at, {_SEATS.format(moving="NULL")} AS seats
        FROM {_IN_CHOSEN_DAY}) h WHERE h.seats > 0)"""  # noqa: S608  our own texts
)
# Of an appointment that moves, its own seats are free for it; but what it has already, exactly
# so, is no hour to move to.
_ANY = f"""CASE WHEN t.is_free THEN {FREE} WHEN t.offered > 0 AND t.is_open THEN {SINGLE}
    WHEN t.offered > 0 THEN {FULL} END"""
ANY_TURNS = _READ.format(
    turns=f"""
    (WITH seat AS (
        SELECT t.id, t.day, t.starts_at, t.ends_at, t.offered,
            t.id = ANY ($11::bigint[]) AS is_held,
            {_SEATS.format(moving="nullif($12, '')::bigint")} AS free
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
    SELECT (SELECT {_TURNS.format(what=_ANY)} FROM hour t) ||
        (SELECT {_HOURS} FROM hour h WHERE h.is_free
            AND h.starts_at >= $7::timestamptz AND h.starts_at < $8::timestamptz))"""  # noqa: S608  our own texts
)
