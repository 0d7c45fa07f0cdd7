import time

import pytest

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.offices import take_over_offices as module
from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.import_offices import begin_import, preview_import
from nobat.offices.models import ImportState, Office, OfficeImport
from nobat.offices.take_over_offices import take_over_imports, take_over_offices
from nobat.schedule.models import WeeklyHours
from tests.at_once import at_once
from tests.build import bring_back_places_and_services, make_office, make_service

HEAD = "کد,نام,مدیر,شهرستان,نشانی,تلفن,عرض,طول,خدمت‌ها\n"
TWO = (
    HEAD + "2001,سرو,نرگس احمدی,شیراز,خیابان ارم,07132000113,29.6,52.5,petition\n"
    "1021,,مینا شریفی,,,,,,brief\n"
)
SECONDS_FOR_300 = 8  # 3,000 rows have to take less than 30


def begin(text=TWO, *, by=None) -> OfficeImport:
    seen = preview_import(content=text.encode(), file_name="list.csv", by=by, province=None)
    begin_import(office_import=seen, seen=seen.version, by=by)
    return seen


def state_of(office_import) -> str:
    office_import.refresh_from_db()
    return office_import.state


def test_offices_are_added_and_changed_and_found_by_their_fresh_names(office):
    began = begin()

    assert take_over_imports() == 2

    assert state_of(began) == ImportState.DONE
    assert [each.code for each in find_offices(OfficeSearch(name="سرو"))] == ["2001"]
    assert [each.code for each in find_offices(OfficeSearch(manager="شریفی"))] == ["1021"]
    services = {
        each.code: set(each.services.values_list("code", flat=True))
        for each in Office.objects.all()
    }
    assert services == {"2001": {"petition"}, "1021": {"brief"}}
    assert not WeeklyHours.objects.exists()


def test_a_service_that_cannot_be_booked_stays_with_its_office(office):
    office.services.add(make_service("old", "خدمت پیشین", is_bookable=False))
    begin()

    take_over_imports()

    assert set(office.services.values_list("code", flat=True)) == {"brief", "old"}


def test_the_journal_has_the_counts_and_every_office_without_its_words(office, dr_karimi):
    began = begin(by=dr_karimi)
    take_over_imports()

    said = {entry.act: (entry.subject, entry.details) for entry in JournalEntry.objects.all()}
    added = Office.objects.get(code="2001")
    assert said == {
        Act.OFFICES_IMPORTED: (
            f"offices.OfficeImport:{began.pk}",
            {"added": 1, "changed": 1, "unchanged": 0, "refused": 0},
        ),
        Act.OFFICE_ADDED: (f"offices.Office:{added.pk}", {"code": "2001"}),
        Act.OFFICE_CHANGED: (
            f"offices.Office:{office.pk}",
            {"code": "1021", "fields": ["manager", "services"]},
        ),
    }
    assert set(JournalEntry.objects.values_list("by", flat=True)) == {
        f"people.Person:{dr_karimi.pk}"
    }


def test_an_office_that_changed_meanwhile_has_to_be_looked_at_again(office):
    began = begin()
    seen = began.version
    Office.objects.update(manager="کسی دیگر")

    assert take_over_imports() == 0

    assert state_of(began) == ImportState.STALE
    assert began.version != seen
    assert began.rows[1]["changes"][0]["old"] == "کسی دیگر"
    assert not Office.objects.filter(code="2001").exists()
    begin_import(office_import=began, seen=began.version, by=None)
    assert take_over_imports() == 2


def test_another_field_of_an_office_that_changed_meanwhile_is_kept(office):
    begin()
    Office.objects.update(phone="07132000999")

    assert take_over_imports() == 2

    assert Office.objects.get(code="1021").phone == "07132000999"


def test_killed_in_between_nothing_has_happened_and_the_next_begins_anew(office, monkeypatch):
    began = begin()

    def killed(**what):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "change_offices", killed)
        with pytest.raises(KeyboardInterrupt):
            take_over_imports()
    assert state_of(began) == ImportState.RUNNING
    assert not Office.objects.filter(code="2001").exists()

    assert take_over_imports() == 2
    assert state_of(began) == ImportState.DONE


def test_taken_over_again_it_does_nothing(office):
    began = begin()
    take_over_imports()

    assert take_over_imports() == 0
    assert take_over_offices(import_id=began.pk, tell=lambda done: None) == 0
    assert JournalEntry.objects.count() == 3


@pytest.fixture
def country(transactional_db):
    bring_back_places_and_services()
    return make_office("1021")


def test_others_see_how_far_it_is_before_it_has_happened(country, monkeypatch):
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 1)
    began = begin()
    seen = []

    def look_from_outside(**what):
        def look():
            seen.append((OfficeImport.objects.get().done, Office.objects.count()))

        at_once([look])

    monkeypatch.setattr(module, "change_offices", look_from_outside)
    take_over_imports()

    assert seen == [(1, 1)]
    assert state_of(began) == ImportState.DONE
    assert began.done == 2


def test_two_workers_at_once_write_each_office_once(country):
    began = begin()

    written = at_once([take_over_imports] * 2)

    assert sorted(written) == [0, 2]
    assert state_of(began) == ImportState.DONE
    assert Office.objects.count() == 2


@pytest.mark.real_time
def test_hundreds_of_rows_take_a_moment(office):
    rows = "".join(
        f"{3000 + nth},نارنجستان {nth},علی کریمی,شیراز,خیابان ارم,07132000113,29.6,52.5,petition\n"
        for nth in range(300)
    )
    began_at = time.monotonic()
    begin(HEAD + rows)

    assert take_over_imports() == 300
    assert time.monotonic() - began_at < SECONDS_FOR_300
