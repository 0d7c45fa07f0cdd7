import pytest

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices.change_office import CodeIsTaken, add_office, change_office
from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import Office
from nobat.offices.office_details import OfficeDetails


def details(office, **fields) -> OfficeDetails:
    return OfficeDetails(
        **{
            "code": "2001",
            "name": "سرو",
            "manager": "نرگس احمدی",
            "county": office.county_id,
            "address": "خیابان ارم",
            "phone": "07132000113",
            "lat": 29.6,
            "lon": 52.5,
            "is_exempt": True,
            "services": frozenset({"petition"}),
            **fields,
        }
    )


def test_an_office_is_found_by_its_fresh_manager_and_no_more_by_the_former(office, dr_karimi):
    changed = change_office(office=office, values={"manager": "مینا شریفی"}, by=dr_karimi)

    assert changed == ["manager"]
    assert find_offices(OfficeSearch(manager="شريفي")).get() == office
    assert not find_offices(OfficeSearch(manager="کیانی")).exists()


def test_the_journal_names_the_fields_and_not_what_stood_in_them(office, dr_karimi):
    change_office(
        office=office, values={"manager": "مینا شریفی", "services": frozenset()}, by=dr_karimi
    )

    [entry] = JournalEntry.objects.all()
    assert (entry.act, entry.details) == (
        Act.OFFICE_CHANGED,
        {"code": "1021", "fields": ["manager", "services"]},
    )
    assert not office.services.exists()


def test_what_is_the_same_already_is_not_written(office, dr_karimi):
    assert change_office(office=office, values={"name": office.name}, by=dr_karimi) == []
    assert not JournalEntry.objects.exists()


def test_a_fresh_office_is_open_and_offers_its_services(office, dr_karimi):
    fresh = add_office(details=details(office), by=dr_karimi)

    assert Office.objects.open().get(code="2001") == fresh
    assert fresh.is_exempt
    assert [each.code for each in fresh.services.all()] == ["petition"]
    assert JournalEntry.objects.get().act == Act.OFFICE_ADDED


def test_a_code_is_given_once(office, dr_karimi):
    with pytest.raises(CodeIsTaken):
        add_office(details=details(office, code="1021"), by=dr_karimi)

    assert Office.objects.count() == 1
    assert not JournalEntry.objects.exists()
