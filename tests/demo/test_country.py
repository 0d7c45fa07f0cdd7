import io
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum

from nobat.appointments.models import Appointment, Status, Suspension
from nobat.demo.accounts import citizens
from nobat.demo.country import Size, gather_statistics, make_country
from nobat.demo.progress import Progress
from nobat.demo.staff import staff
from nobat.people.mobile import mobile_number
from nobat.people.sign_in import sign_in_by_password
from nobat.schedule.models import Slot
from nobat.visits.integrity import check_integrity
from tests.build import TOMORROW, bring_back_places_and_services

pytestmark = pytest.mark.django_db

SMALL = Size(offices=12, days=10, seed=7)


@pytest.fixture(autouse=True)
def _a_short_past(monkeypatch):
    monkeypatch.setattr("nobat.demo.past.PAST", timedelta(days=15))


def make(size: Size = SMALL) -> str:
    out = io.StringIO()
    make_country(size, Progress(out))
    return out.getvalue()


def taken_by_office_and_hour():
    return list(
        Slot.objects.filter(day__gte=TOMORROW)
        .order_by("office__code", "starts_at")
        .values_list("office__code", "office__name", "starts_at", "capacity", "taken")
    )


@pytest.mark.django_db(transaction=True)
def test_the_country_breaks_no_invariant():
    bring_back_places_and_services()
    make()
    gather_statistics()

    assert Appointment.objects.count() > 50
    assert [found for found in check_integrity() if found.rows] == []


def test_a_part_of_the_seats_is_taken_and_a_part_is_free():
    make()

    seats = Slot.objects.filter(day__gte=TOMORROW).aggregate(Sum("capacity"), Sum("taken"))
    assert 0.05 < seats["taken__sum"] / seats["capacity__sum"] < 0.6


def test_hours_reach_as_far_as_asked():
    make()

    days = Slot.objects.order_by("day").values_list("day", flat=True)
    assert days.last() <= TOMORROW + timedelta(days=9)


def test_the_same_seed_makes_the_same_country():
    countries = []
    for _ in range(2):
        with transaction.atomic():
            make()
            countries.append(taken_by_office_and_hour())
            transaction.set_rollback(True)

    assert countries[0] == countries[1]


def test_its_people_can_sign_in_and_one_of_them_is_suspended():
    make()

    for account in [*citizens(), *staff()]:
        mobile = mobile_number(account.mobile)
        assert sign_in_by_password(mobile=mobile, password=account.password, is_human=False)
    missed = Suspension.objects.get(citizen__mobile=mobile_number(citizens()[2].mobile))
    assert missed.cause.status == Status.NO_SHOW


def test_progress_reaches_the_end_of_every_task():
    out = make()

    assert out.count("100%") == 4
