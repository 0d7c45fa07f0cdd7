"""Sixty days that are over at one small office of each province, as honest rows.

Each appointment has its journal entries, SMS and visit, so that check_integrity finds
nothing to say, and the figures have something to count. Whoever did not come has no other
appointment: the week without booking that follows stands in nobody's way.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from nobat.demo.accounts import demo_offices
from nobat.demo.names import CLOSURES
from nobat.demo.past_sql import (
    ADD_UP_SEATS,
    AGREE,
    AGREED,
    CHOOSE,
    CLOSE,
    COUNT_NUMBERS,
    END_WEEKS,
    LOOK,
    LOOK_AGAIN,
    PROPOSE,
    RECEIVE,
    WRITE_DOWN,
    WRITE_DOWN_VISITS,
)
from nobat.demo.progress import Progress
from nobat.demo.staff import first_clerk
from nobat.demo.told_sql import TELL_OF_THE_PAST
from nobat.demo.turns import make_citizens, make_references
from nobat.offices.models import Office
from nobat.schedule.publish import publish_days

PAST = timedelta(days=60)
FULL = 65  # of a hundred seats
# Behind those who have taken the seats to come.
FIRST_CITIZEN = 5_000_000


def live_through_the_past(seed: int, today: date, progress: Progress) -> None:
    """Where nothing has happened yet; the demo's own offices keep the days they have."""
    offices, clerk = _small_offices(), first_clerk()
    statements = (
        LOOK,
        AGREE,
        AGREED,
        LOOK_AGAIN,
        CLOSE,
        PROPOSE,
        RECEIVE,
        COUNT_NUMBERS,
        ADD_UP_SEATS,
        END_WEEKS,
        WRITE_DOWN,
        WRITE_DOWN_VISITS,
        TELL_OF_THE_PAST,
    )
    progress.begin("days that are over", len(statements))
    if not offices or clerk is None:
        return progress.step(len(statements))
    first = today - PAST
    publish_days(office_ids=offices, days=[first + timedelta(days=n) for n in range(PAST.days)])
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "seed": seed,
            "offices": offices,
            "first": first,
            "today": today,
            "full": FULL,
            "clerk": clerk.pk,
            "reason": CLOSURES[1],
            "now": timezone.now(),
        }
        cursor.execute(CHOOSE, values)
        cursor.execute(
            "SELECT count(*), coalesce(max(of_day), 0), coalesce(max(missed), 0) FROM demo_past"
        )
        turns, busiest_day, missed = cursor.fetchone()
        people = make_citizens(busiest_day + missed, first=FIRST_CITIZEN)
        values |= {
            "references": make_references(turns),
            "regulars": people[:busiest_day],
            "missing": people[busiest_day:],
        }
        for statement in statements:
            cursor.execute(statement, values)
            progress.step()


def _small_offices() -> list[int]:
    """Of each province the one with the fewest seats a week."""
    own = [office.pk for office in demo_offices()]
    seats = Office.objects.exclude(pk__in=own).annotate(seats=Sum("weeklyhours__seats"))
    by_province: dict[str, int] = {}
    for office, province in seats.order_by("seats", "code").values_list("pk", "county__province"):
        by_province.setdefault(province, office)
    return sorted(by_province.values())
