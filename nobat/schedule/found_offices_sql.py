"""The statements of found_offices.py: which offices there are to show, in their order, and when
each has its first free hour.

Distances and the order are those of find_offices() in offices/find.py.
"""

from nobat.offices.find import OfficeSearch

_SHOWN = {
    "id": "o.id",
    "office_code": "o.code",
    "office_name": "o.name",
    "manager": "o.manager",
    "address": "o.address",
    "phone": "o.phone",
    "lat": "o.lat",
    "lon": "o.lon",
    "county_code": "c.code",
    "county_name": "c.name",
    "county_lat": "c.lat",
    "county_lon": "c.lon",
    "province_code": "c.province_code",
    "province_name": "c.province_name",
}
_PARTS = {
    "shown": ", ".join(f"o.{name}" for name in _SHOWN),
    "columns": ", ".join(f"{column} AS {name}" for name, column in _SHOWN.items())
    + ", c.province_position, c.position AS county_position, o.name_key",
    "alphabetical": "province_position, county_position, name_key, office_code",
    "all_counties": """
        SELECT c.id, c.code, c.name, c.lat, c.lon, c.position,
            p.code AS province_code, p.name AS province_name, p.position AS province_position
        FROM offices_county c JOIN offices_province p ON p.code = c.province_id""",
    # One step into the index of open slots for each office, however many days are published;
    # min() over them was measured at thirteen times the cost.
    # Where the days end is asked of what was found: as a bound of the index it would be compared
    # with the two hundred entries of a page.
    "first_free": """LATERAL (
        SELECT s.starts_at FROM schedule_slot s
        WHERE s.office_id = o.id AND slot_is_free(s, %(now)s, NULL) AND s.starts_at >= %(since)s
        ORDER BY s.starts_at LIMIT 1) free""",
    "is_in_time": "free.starts_at < %(until)s",
    "seconds": "extract(epoch FROM free.starts_at)::bigint",
    "from_searcher": "metres_between(o.lat, o.lon, %(lat)s, %(lon)s)",
}
# What an office offers stands in its own row (offices/office_offers.sql). Inside of coalesce() the
# planner takes it that many offer it; of "= ANY" alone it thinks that hardly one does.
_OFFERING = """
AND coalesce((SELECT s.id FROM offices_service s WHERE s.code = %(service)s AND s.is_bookable)
    = ANY (o.offers), false)
"""

# All of them have to be read, so that they are counted on the way.
_NEAREST_HERE = """
SELECT {columns}, {metres} AS metres, count(*) OVER () AS total
FROM ({counties}) c JOIN offices_office o ON o.county_id = c.id
WHERE o.status = 'open' {offering}
ORDER BY metres, {alphabetical} LIMIT {count} {offset}
"""
# The counties come in order, and their offices are read until there are enough.
_ALPHABETICALLY = """
SELECT {columns}, NULL::float8 AS metres, NULL::bigint AS total
FROM ({counties} ORDER BY p.position, c.position) c
JOIN offices_office o ON o.county_id = c.id
WHERE o.status = 'open' {offering}
ORDER BY {alphabetical} LIMIT {count} {offset}
"""
# The index knows of degrees only, and a degree to the east is no further than one to the north.
# So as many as are wanted are taken by degrees, and then all that are no further than these. A
# degree is 111 km or a little more; and to the east, between anybody and any place in Iran, at
# least 1/2.4 of that.
_NEAREST = """
SELECT {columns}, {from_searcher} AS metres, NULL::bigint AS total
FROM offices_office o JOIN ({all_counties}) c ON c.id = o.county_id {free}
WHERE o.status = 'open' {offering}
  AND o.id IS DISTINCT FROM %(but_not)s::bigint AND point(o.lat, o.lon) <@ (
    SELECT box(
        point(%(lat)s - max(metres) / 111e3, %(lon)s - max(metres) / 111e3 * 2.4),
        point(%(lat)s + max(metres) / 111e3, %(lon)s + max(metres) / 111e3 * 2.4))
    FROM (
        SELECT {from_searcher} AS metres FROM offices_office o {free}
        WHERE o.status = 'open' {offering} AND o.id IS DISTINCT FROM %(but_not)s::bigint
        ORDER BY point(o.lat, o.lon) <-> point(%(lat)s, %(lon)s) LIMIT {enough}
    ) enough)
ORDER BY metres, {alphabetical} LIMIT {count} {offset}
"""
_AMONG = """
SELECT {columns}, asked.metres, NULL::bigint AS total
FROM unnest(%(ids)s::bigint[], %(metres)s::float8[]) asked (id, metres)
JOIN offices_office o ON o.id = asked.id JOIN ({all_counties}) c ON c.id = o.county_id
"""
_LISTED = """
SELECT {shown}, o.metres, CASE WHEN {is_in_time} THEN {seconds} END, o.total
FROM ({page}) o LEFT JOIN {first_free} ON true
ORDER BY o.metres, {alphabetical}
"""
# Office after office is asked for a free hour, until there are enough that have one.
_AROUND = """
SELECT {shown}, o.metres, {seconds}, NULL::bigint
FROM (
    SELECT {columns}, metres_between(
            o.lat, o.lon, coalesce(%(lat)s::float8, here.lat), coalesce(%(lon)s::float8, here.lon)
        ) AS metres,
        metres_between(o.lat, o.lon, middle.lat, middle.lon) AS from_middle,
        CASE WHEN c.code = %(county)s THEN 0 WHEN c.province_code = %(province)s THEN 1 ELSE 2 END
        AS how_far
    -- Of the province: for counties whose own centre nobody knows.
    FROM (SELECT avg(lat) AS lat, avg(lon) AS lon FROM offices_county
        WHERE province_id = %(province)s) middle
    LEFT JOIN offices_county here ON here.code = %(county)s
    CROSS JOIN ({all_counties}) c JOIN offices_office o ON o.county_id = c.id
    WHERE o.status = 'open' {offering} AND o.id IS DISTINCT FROM %(but_not)s::bigint
      AND c.province_code {is_of} %(province)s
    ORDER BY how_far, metres, from_middle, {alphabetical}
) o JOIN {first_free} ON {is_in_time}
ORDER BY how_far, o.metres, from_middle, {alphabetical} LIMIT {count}
"""
_COUNTED = """
SELECT count(*) FROM offices_office o WHERE o.status = 'open' {offering} {here}
"""
_OF_PROVINCE = """
AND o.county_id IN (SELECT c.id FROM offices_county c WHERE c.province_id = %(province)s)
"""


def listed(search: OfficeSearch, *, count: int, start: int) -> str:
    """A page of the offices in a place, or nearest to somebody's own; with how many there are if
    that costs nothing.

    The first page has its numbers in the text: the database would keep no plan for a number
    that it cannot guess.
    """
    parts = {"count": count, "offset": "", "enough": count}
    if start:
        parts |= {"offset": "OFFSET %(start)s", "enough": f"{count} + %(start)s"}
    counties = _PARTS["all_counties"] + _where(search)
    if search.near and not _where(search):
        return _listed(_put(_NEAREST, search, **parts, free=""))
    if search.near or search.county:
        from_centre = "metres_between(o.lat, o.lon, c.lat, c.lon)"
        metres = _PARTS["from_searcher"] if search.near else from_centre
        return _listed(_put(_NEAREST_HERE, search, **parts, counties=counties, metres=metres))
    return _listed(_put(_ALPHABETICALLY, search, **parts, counties=counties))


def among() -> str:
    """What a page shows of these offices, with how far they are."""
    return _listed(_AMONG.format(**_PARTS))


def free_around(search: OfficeSearch, *, count: int) -> list[str]:
    """The first of all offices that have a free hour, those of the place before others.

    To be asked one after the other until there are enough: most provinces have them.
    """
    if search.near and not _where(search):
        free = "JOIN {first_free} ON {is_in_time}".format(**_PARTS)
        nearest = _put(_NEAREST, search, count=count, enough=count, offset="", free=free)
        return [_listed(nearest)]
    elsewhere = _put(_AROUND, search, count=count, is_of="<>")
    if not search.province:
        return [elsewhere]
    return [_put(_AROUND, search, count=count, is_of="="), elsewhere]


def counted(search: OfficeSearch) -> str:
    """How many offices there are in a province, or in the whole country."""
    return _put(_COUNTED, search, here=_OF_PROVINCE if search.province else "")


def _put(statement: str, search: OfficeSearch, **parts: object) -> str:
    return statement.format(**_PARTS, **parts, offering=_OFFERING if search.service else "")


def _listed(page: str) -> str:
    return _LISTED.format(**_PARTS, page=page)


def _where(search: OfficeSearch) -> str:
    """Nothing for the whole country."""
    asked = {"c.code = %(county)s": search.county, "p.code = %(province)s": search.province}
    conditions = " AND ".join(condition for condition, code in asked.items() if code)
    return f" WHERE {conditions}" if conditions else ""
