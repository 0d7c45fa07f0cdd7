import pytest
from django.db import connection, transaction

from nobat.journal.models import JournalEntry
from nobat.offices.models import Office, OfficeService, Service
from nobat.offices.services import NoServices, set_services
from tests.at_once import at_once
from tests.build import bring_back_places_and_services, make_office, make_service


@pytest.fixture
def notice(db):
    return make_service("notice", "تنظیم اظهارنامه")


def offered(office):
    return set(office.services.values_list("code", flat=True))


def test_the_offices_services_become_these(bahram, office, notice):
    set_services(office=office, services=["notice"], by=bahram)

    assert offered(office) == {"notice"}


def test_the_journal_says_what_came_and_what_went(bahram, office, notice):
    set_services(office=office, services=["notice"], by=bahram)

    entry = JournalEntry.objects.get(act="services_set")
    assert entry.details == {"added": ["notice"], "removed": ["petition"]}
    assert entry.by == f"people.Person:{bahram.pk}"


def test_the_same_services_again_are_no_act(bahram, office):
    set_services(office=office, services=["petition"], by=bahram)

    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("services", [[], ["nothing"], ["head"]])
def test_an_office_without_any_service_is_refused(bahram, office, services):
    make_service("head", "سرگروه", is_bookable=False)

    with pytest.raises(NoServices):
        set_services(office=office, services=services, by=bahram)

    assert offered(office) == {"petition"}


# --------------------------------------------------------- the row of the office


def in_its_row(office: Office) -> set[str]:
    """What a search reads instead of looking through all services of all offices."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(offers) FROM offices_office WHERE id = %s", [office.pk])
        return {Service.objects.get(pk=pk).code for (pk,) in cursor.fetchall()}


def test_what_an_office_offers_stands_in_its_row(bahram, office, notice):
    assert in_its_row(office) == {"petition"}
    set_services(office=office, services=["petition", "notice"], by=bahram)
    assert in_its_row(office) == {"petition", "notice"}
    set_services(office=office, services=["notice"], by=bahram)

    assert in_its_row(office) == {"notice"}


def test_saving_a_whole_office_leaves_its_services_alone(bahram, office, notice):
    read_before = Office.objects.get(pk=office.pk)
    set_services(office=office, services=["notice"], by=bahram)
    read_before.save()

    assert in_its_row(office) == {"notice"}


def test_a_service_that_goes_to_another_office_goes_from_row_to_row(office, notice):
    other = make_office("1022", services=[notice])
    OfficeService.objects.filter(office=office).update(office=other)

    assert in_its_row(office) == set()
    assert in_its_row(other) == {"petition", "notice"}


@pytest.mark.django_db(transaction=True)
def test_of_services_that_are_added_at_once_none_is_missing():
    bring_back_places_and_services()
    office = make_office("1021")
    services = [make_service(f"service-{number}", "خدمت") for number in range(8)]

    def adding(service):
        def add():
            with transaction.atomic():
                OfficeService.objects.create(office=office, service=service)

        return add

    before = in_its_row(office)
    at_once([adding(service) for service in services])

    assert in_its_row(office) == before | {service.code for service in services}
