"""Dr Karimi works for the association, with an authenticator on her phone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from nobat.offices.models import AssociationRole, Office
from nobat.orders.give import give_order
from nobat.orders.scope import seen_now
from nobat.people.second_factor import code_at
from nobat.schedule.models import ClosureOrder
from nobat.schedule.publish import publish_slots
from tests.build import (
    SECOND_FACTOR,
    TOMORROW,
    confirm_second_factor,
    make_hours,
    sign_in_staff,
)


@pytest.fixture
def karimi_works(client, dr_karimi) -> Client:
    confirm_second_factor(dr_karimi)
    return sign_in_staff(client, dr_karimi)


@pytest.fixture
def of_tehran(karimi_works, dr_karimi) -> Client:
    """Dr Karimi is an officer of the province of Tehran, not of Fars."""
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "23"
    member.save()
    return karimi_works


@pytest.fixture
def fars(office) -> Office:
    """Office 1021 in Shiraz, with hours and slots."""
    make_hours(office, range(6))
    publish_slots(ahead=timedelta(days=10))
    return office


@pytest.fixture
def order(fars, dr_karimi) -> ClosureOrder:
    """Fars closes tomorrow; nobody has been told yet."""
    asked = ClosureOrder(
        provinces=["07"],
        first_day=TOMORROW,
        last_day=TOMORROW,
        reason="آلودگی هوا",
        key=uuid4(),
        decided_by=dr_karimi,
    )
    return give_order(order=asked, seen=str(seen_now(asked, timezone.now())))


def code_of_now() -> str:
    return code_at(SECOND_FACTOR, timezone.now())
