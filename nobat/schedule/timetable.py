"""One office, its week, and the days on which it is shut: a calendar without its slots."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any, NamedTuple

from nobat.offices.models import County, Office
from nobat.schedule.hours import StandingHours
from nobat.shared.prepared import prepared_cursor


class OfferedService(NamedTuple):
    code: str
    title: str
    head: str  # title of the head it stands under
    needs_sana: bool
    papers: tuple[str, ...]


class ClosedHours(NamedTuple):
    """Some hours of a day, by the clock of Tehran."""

    from_hour: time
    until_hour: time
    reason: str


class Timetable(NamedTuple):
    office: Office  # with its county
    services: tuple[OfferedService, ...]  # those that can be booked, in their order
    week: list[StandingHours]  # from whatever date they hold; see hours.week_on
    closures: dict[date, str]  # whole days, and the reason
    closed_hours: dict[date, list[ClosedHours]]  # of days that are closed in part
    holidays: dict[date, str]  # day and title


# By hand, because this page is what a rush begins with: the same through the ORM was
# measured at twenty times the work for us and ten times for the database.
_READ = """
SELECT
    o.id, o.code, o.name, o.manager, o.address, o.phone, o.lat, o.lon, o.status,
    c.id, c.code, c.name, c.province_id, c.lat, c.lon,
    (SELECT json_agg(json_build_array(s.code, s.title, head.title, s.needs_sana, s.papers)
            ORDER BY head.position NULLS FIRST, s.position)::text
        FROM offices_officeservice os
        JOIN offices_service s ON s.id = os.service_id
        LEFT JOIN offices_service head ON head.id = s.parent_id
        WHERE os.office_id = o.id AND s.is_bookable),
    (SELECT json_agg(json_build_array(
            h.valid_from, h.weekday, h.opens_at, h.closes_at, h.minutes, h.seats))
        FROM schedule_weeklyhours h WHERE h.office_id = o.id),
    (SELECT json_agg(json_build_array(x.day, x.from_hour, x.until_hour, x.reason)
            ORDER BY x.day, x.from_hour)
        FROM schedule_closure x
        WHERE x.office_id = o.id AND x.day BETWEEN %(first)s AND %(last)s AND x.stays = 0),
    (SELECT json_object_agg(x.day, x.title)
        FROM schedule_holiday x WHERE x.day BETWEEN %(first)s AND %(last)s)
FROM offices_office o JOIN offices_county c ON c.id = o.county_id
WHERE o.code = %(code)s
"""


def timetable(code: str, *, first: date, last: date) -> Timetable | None:
    """The office of that code, and what shuts it from the first to the last day."""
    with prepared_cursor() as cursor:
        cursor.execute(_READ, {"code": code, "first": first, "last": last})
        row = cursor.fetchone()
    if row is None:
        return None
    *_, services, week, closures, holidays = row
    whole_days, closed_hours = _closures(closures or [])
    return Timetable(
        office=_office(row),
        services=_services(services or "[]"),
        week=[_standing_hours(*hours) for hours in week or []],
        closures=whole_days,
        closed_hours=closed_hours,
        holidays={date.fromisoformat(day): title for day, title in (holidays or {}).items()},
    )


def _office(row: Sequence[Any]) -> Office:
    of_office = ("id", "code", "name", "manager", "address", "phone", "lat", "lon", "status")
    of_county = ("id", "code", "name", "province_id", "lat", "lon")
    split = len(of_office)
    return Office(
        **dict(zip(of_office, row, strict=False)),
        county=County(**dict(zip(of_county, row[split:], strict=False))),
    )


@lru_cache(maxsize=256)  # most offices offer the same
def _services(text: str) -> tuple[OfferedService, ...]:
    return tuple(
        OfferedService(code, title, head or "", needs_sana, tuple(papers))
        for code, title, head, needs_sana, papers in json.loads(text)
    )


def _standing_hours(
    valid_from: str, weekday: int, opens_at: str, closes_at: str, minutes: int, seats: int
) -> StandingHours:
    return StandingHours(
        date.fromisoformat(valid_from),
        weekday,
        time.fromisoformat(opens_at),
        time.fromisoformat(closes_at),
        minutes,
        seats,
    )


def _closures(
    read: list[list[Any]],
) -> tuple[dict[date, str], dict[date, list[ClosedHours]]]:
    whole_days: dict[date, str] = {}
    hours: dict[date, list[ClosedHours]] = defaultdict(list)
    for day, from_hour, until_hour, reason in read:
        if from_hour is None:
            whole_days[date.fromisoformat(day)] = reason
        else:
            closed = ClosedHours(
                time.fromisoformat(from_hour), time.fromisoformat(until_hour), reason
            )
            hours[date.fromisoformat(day)].append(closed)
    return whole_days, dict(hours)
