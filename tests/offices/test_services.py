import pytest

from nobat.journal.models import JournalEntry
from nobat.offices.services import NoServices, set_services
from tests.build import make_service


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
