from dataclasses import replace

import pytest
from django.core.cache import cache

from nobat.appointments.models import Appointment, Status
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.models import Service
from nobat.offices.places import subjects
from nobat.offices.set_service import (
    HeadIsNotBookable,
    ServiceCodeTaken,
    ServiceDetails,
    ServiceThereAlready,
    WrongServiceCode,
    add_service,
    set_service,
)
from tests.build import book

FRESH = ServiceDetails(title="گواهی امضا", papers=["کارت ملی"], needs_sana=False, is_bookable=True)
HEAD = ServiceDetails(title="گواهی‌ها", papers=[], needs_sana=False, is_bookable=False)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def filing(db) -> Service:
    return Service.objects.get(code="filing")


def offered() -> list[str]:
    return [choice.name for head in subjects() for choice in head.subjects]


def as_it_is(service: Service) -> ServiceDetails:
    return ServiceDetails(**{name: getattr(service, name) for name in vars(FRESH)})


def test_a_fresh_service_is_offered_to_citizens_the_last_under_its_head(filing, dr_karimi):
    assert "گواهی امضا" not in offered()

    fresh = add_service(code="signature", parent=filing, details=FRESH, by=dr_karimi)

    [under_it] = [head.subjects for head in subjects() if head.head == filing.title]
    assert under_it[-1].code == "signature"
    assert fresh.papers == ["کارت ملی"]
    assert JournalEntry.objects.get().act == Act.SERVICE_SET


def test_a_head_is_added_and_is_never_bookable(filing, dr_karimi):
    head = add_service(code="certificates", parent=None, details=HEAD, by=dr_karimi)
    assert head.parent is None

    with pytest.raises(HeadIsNotBookable):
        set_service(service=head, details=replace(HEAD, is_bookable=True), by=dr_karimi)


def test_a_service_that_is_bookable_no_more_leaves_every_appointment_where_it_is(
    sara, slot, petition, dr_karimi
):
    appointment = book(sara, slot, petition)
    assert petition.title in offered()

    details = replace(as_it_is(petition), is_bookable=False)
    set_service(service=petition, details=details, by=dr_karimi)

    assert petition.title not in offered()
    assert Appointment.objects.get(pk=appointment.pk).status == Status.BOOKED
    assert JournalEntry.objects.latest("pk").details == {
        "code": "petition",
        "fields": ["is_bookable"],
    }


def test_what_is_the_same_already_is_not_written(petition, dr_karimi):
    set_service(service=petition, details=as_it_is(petition), by=dr_karimi)

    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize(
    ("code", "title", "refusal"),
    [
        ("petition", "گواهی امضا", ServiceCodeTaken),
        ("گواهی", "گواهی امضا", WrongServiceCode),
        ("Signature", "گواهی امضا", WrongServiceCode),
        ("signature", "تنظيم اظهارنامه", ServiceThereAlready),
    ],
)
def test_what_would_be_taken_for_another_service_is_refused(
    filing, dr_karimi, code, title, refusal
):
    with pytest.raises(refusal):
        add_service(code=code, parent=filing, details=replace(FRESH, title=title), by=dr_karimi)
