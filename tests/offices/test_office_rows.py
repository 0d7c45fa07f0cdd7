import pytest

from nobat.offices.models import Office, Province
from nobat.offices.office_columns import OfficeLine
from nobat.offices.office_rows import Kind, check_rows, counts_of, version_of
from tests.build import make_office

WHOLE = {
    "code": "2001",
    "name": "سرو",
    "manager": "نرگس احمدی",
    "province": "فارس",
    "county": "شیراز",
    "address": "خیابان ارم",
    "phone": "07132000113",
    "lat": "29.6",
    "lon": "52.5",
}


def check(*cells, province=None):
    lines = [OfficeLine(number, each) for number, each in enumerate(cells, start=2)]
    return check_rows(lines, province=province)


def row(**cells):
    [checked] = check(cells)
    return checked


pytestmark = pytest.mark.usefixtures("office")


def test_a_code_that_is_not_there_yet_is_added():
    added = row(**WHOLE, services="petition")

    assert (added.kind, added.reasons) == (Kind.ADDED, [])
    assert added.wanted.services == {"petition"}
    assert not added.wanted.is_exempt


def test_a_fresh_office_needs_everything_and_is_told_what_is_missing():
    refused = row(code="2001", name="سرو", county="شیراز", phone="07132000113")

    assert refused.kind == Kind.REFUSED
    assert refused.reasons == ["دفتر تازه است و این‌ها را ندارد: مدیر، نشانی، عرض، طول."]


def test_an_office_that_is_there_changes_by_the_fields_that_differ():
    changed = row(code="۱۰۲۱", name="نارنجستان", manager="مينا شريفي", is_exempt="بله")

    assert changed.kind == Kind.CHANGED
    assert changed.changes == [
        {"field": "manager", "old": "بهرام کیانی", "new": "مینا شریفی"},
        {"field": "is_exempt", "old": "خیر", "new": "بله"},
    ]


def test_the_same_words_in_other_letters_are_no_change():
    same = row(code="1021", name="نارنجستان", manager="بهرام كياني", county="شيراز", status="فعال")

    assert (same.kind, same.reasons) == (Kind.UNCHANGED, [])


def test_every_reason_is_told_at_once():
    refused = row(**WHOLE | {"phone": "12", "lat": "70", "county": "نیست", "services": "نیست"})

    assert refused.kind == Kind.REFUSED
    assert len(refused.reasons) == 4


def test_a_code_twice_in_a_file_is_refused_both_times():
    kinds = [each.kind for each in check(WHOLE, WHOLE | {"name": "کاج"})]

    assert kinds == [Kind.REFUSED, Kind.REFUSED]


def test_a_code_that_is_none_is_refused_with_that_reason_alone():
    assert row(name="سرو").reasons == ["کد دفتر فقط رقم است، تا ۱۲ رقم."]


def test_a_status_is_not_changed_by_a_file():
    assert row(code="1021", status="معلق").kind == Kind.REFUSED
    assert row(**WHOLE, status="برچیده").kind == Kind.REFUSED


def test_the_province_alone_moves_no_office():
    assert row(code="1021", province="تهران").kind == Kind.REFUSED
    assert row(code="1021", province="نیست").kind == Kind.REFUSED
    assert row(code="1021", province="فارس").kind == Kind.UNCHANGED


def test_zeros_that_a_spreadsheet_lost_are_found_again():
    make_office("0021")

    assert row(code="21", name="سرو").wanted.code == "0021"
    make_office("21")
    assert row(code="21", name="سرو").wanted.code == "21"


@pytest.mark.parametrize(
    "cells",
    [{"code": "1021", "name": "سرو"}, {"code": "3001", "county": "شیراز"}, WHOLE],
    ids=["there already", "named there", "added there"],
)
def test_an_officer_of_a_province_is_refused_the_offices_of_others(cells):
    tehran, fars = Province.objects.get(code="23"), Province.objects.get(code="07")
    reason = "این دفتر در استان تهران نیست."

    assert reason in check(cells, province=tehran)[0].reasons
    assert reason not in check(cells, province=fars)[0].reasons


def test_an_office_is_not_moved_into_the_own_province():
    tehran = Province.objects.get(code="23")

    [moved] = check({"code": "1021", "county": "ری"}, province=tehran)

    assert moved.kind == Kind.REFUSED


def test_the_version_is_another_one_as_soon_as_something_differs():
    cells = {"code": "1021", "manager": "مینا شریفی"}
    seen = version_of(check(cells))
    assert version_of(check(cells)) == seen

    Office.objects.update(manager="کسی دیگر")

    assert version_of(check(cells)) != seen


def test_rows_are_counted_by_kind():
    rows = check(WHOLE, {"code": "1021"}, {"code": "x"})

    assert counts_of(rows) == {"added": 1, "changed": 0, "unchanged": 1, "refused": 1}
