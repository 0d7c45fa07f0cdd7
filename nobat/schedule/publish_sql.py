"""The statements by which a batch of offices gets its slots; see publish.py."""

# wanted: what the schedule says.
# leftover: slots in which somebody holds a seat, but which the schedule does not contain.
# plan: wanted, each with as many seats as leftovers leave it.
_PLAN = """
WITH days AS (
    SELECT d.day, d.utc_offset
    FROM unnest(%(days)s::date[], %(utc_offsets)s::interval[]) AS d (day, utc_offset)
    WHERE NOT EXISTS (SELECT FROM schedule_holiday h WHERE h.day = d.day)
), stretch AS (
    SELECT h.office_id, d.day, h.seats, make_interval(mins => h.minutes) AS length,
        (d.day + h.opens_at - d.utc_offset) AT TIME ZONE 'UTC' AS opens_at,
        floor(extract(epoch FROM h.closes_at - h.opens_at) / 60 / h.minutes)::int AS turns
    FROM days d
    JOIN schedule_weeklyhours h ON h.weekday = (extract(isodow FROM d.day)::int + 1) %% 7
    WHERE h.office_id = ANY (%(offices)s)
      AND h.valid_from = (
        SELECT max(v.valid_from) FROM schedule_weeklyhours v
        WHERE v.office_id = h.office_id AND v.valid_from <= d.day)
      AND NOT EXISTS (
        SELECT FROM schedule_closure c WHERE c.office_id = h.office_id AND c.day = d.day)
), wanted AS (
    SELECT t.office_id, t.day, t.opens_at + (turn - 1) * t.length AS starts_at,
        t.opens_at + turn * t.length AS ends_at, t.seats
    FROM stretch t CROSS JOIN generate_series(1, t.turns) AS turn
), existing AS (
    SELECT s.* FROM schedule_slot s
    WHERE s.office_id = ANY (%(offices)s)
      AND s.starts_at >= %(since)s AND s.starts_at < %(until)s
), leftover AS (
    SELECT s.office_id, s.starts_at, s.ends_at, s.taken
    FROM existing s LEFT JOIN wanted w USING (office_id, starts_at, ends_at)
    WHERE s.taken > 0 AND w.seats IS NULL
), kept_for_others AS (
    SELECT w.office_id, w.starts_at, sum(l.taken) AS seats
    FROM wanted w JOIN leftover l ON l.office_id = w.office_id
        AND l.starts_at < w.ends_at AND l.ends_at > w.starts_at
    GROUP BY w.office_id, w.starts_at
), plan AS (
    SELECT w.*, greatest(w.seats - coalesce(k.seats, 0), 0) AS offered
    FROM wanted w LEFT JOIN kept_for_others k USING (office_id, starts_at)
)
"""


def _with_plan(statement: str) -> str:
    return _PLAN + statement


# Only what differs: locking a row is writing to it.
LOCK_SLOTS = _with_plan("""
SELECT s.id FROM schedule_slot s
WHERE s.id IN (
    SELECT e.id FROM existing e LEFT JOIN plan p USING (office_id, starts_at)
    WHERE CASE
        WHEN p.seats IS NULL OR p.ends_at <> e.ends_at AND e.taken > 0 THEN e.offered > 0
        ELSE p.ends_at <> e.ends_at OR p.offered <> e.offered
            OR greatest(p.seats, e.taken) <> e.capacity
    END)
ORDER BY s.id FOR NO KEY UPDATE OF s
""")

CHANGE_SLOTS = _with_plan("""
UPDATE schedule_slot s SET
    ends_at = coalesce(p.ends_at, s.ends_at),
    capacity = greatest(coalesce(p.seats, s.capacity), s.taken),
    offered = coalesce(p.offered, 0)
FROM existing e LEFT JOIN plan p ON p.office_id = e.office_id
    AND p.starts_at = e.starts_at AND (p.ends_at = e.ends_at OR e.taken = 0)
WHERE s.id = e.id AND s.id = ANY (%(locked)s)
""")

ADD_SLOTS = _with_plan("""
INSERT INTO schedule_slot (office_id, day, starts_at, ends_at, capacity, offered, taken)
SELECT p.office_id, p.day, p.starts_at, p.ends_at, p.seats, p.offered, 0
FROM plan p
WHERE NOT EXISTS (
    SELECT FROM schedule_slot s
    WHERE s.office_id = p.office_id AND s.starts_at = p.starts_at)
ORDER BY p.office_id, p.starts_at
ON CONFLICT (office_id, starts_at) DO NOTHING
""")
