"""Two counties of Fars with an office each, and one of another province."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from nobat.offices.models import Office
from nobat.orders.give import give_order
from nobat.orders.run import run_orders
from nobat.orders.scope import seen_now
from nobat.schedule.models import ClosureOrder
from nobat.schedule.publish import publish_slots
from tests.build import TOMORROW, make_county, make_hours, make_office

WEEK = range(6)


def order_of(by, **scope) -> ClosureOrder:
    """For tomorrow unless it says otherwise; not saved."""
    values = {
        "first_day": TOMORROW,
        "last_day": TOMORROW,
        "reason": "آلودگی هوا",
        "key": uuid4(),
        "decided_by": by,
        "decided_at": timezone.now(),
        **scope,
    }
    return ClosureOrder(**values)


def give(order: ClosureOrder) -> ClosureOrder:
    return give_order(order=order, seen=str(seen_now(order, timezone.now())))


@pytest.fixture
def fars(office, petition) -> Office:
    """Office 1021 in Shiraz, with hours and slots."""
    make_hours(office, WEEK)
    publish_slots(ahead=timedelta(days=10))
    return office


@pytest.fixture
def marvdasht(petition) -> Office:
    county = make_county("0712", "مرودشت")
    neighbour = make_office("1100", services=[petition], county=county, lat=29.87, lon=52.8)
    make_hours(neighbour, WEEK)
    publish_slots(ahead=timedelta(days=10))
    return neighbour


@pytest.fixture
def close(dr_karimi) -> Callable[..., ClosureOrder]:
    """Order, and have it carried out to its end."""

    def order_and_run(**scope) -> ClosureOrder:
        order = give(order_of(dr_karimi, **scope))
        run_orders()
        order.refresh_from_db()
        return order

    return order_and_run
