import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.build import TOMORROW
from tests.figures.totals import total

pytestmark = pytest.mark.django_db
XLSX, CSV = reverse("association:figures_spreadsheet"), reverse("association:figures_csv")
TODAY = TOMORROW - timedelta(days=1)


@pytest.fixture
def counted(office):
    total(office, TODAY, offered=40, held=30, appointments=36, came=30, cancelled=6, booked=9)


def sheets(client, query: str = "") -> dict[str, list[list[object]]]:
    answer = client.get(f"{XLSX}?{query}")
    book = load_workbook(io.BytesIO(answer.content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def test_each_table_has_a_sheet_with_numbers_to_reckon_with(karimi_works, counted):
    found = sheets(karimi_works)

    assert list(found) == [
        "استان‌ها",
        "ماه به ماه",
        "هفته‌های اردیبهشت ۱۴۰۵",
        "نوبت‌هایی که به جایی نرسید",
    ]
    title, heads, fars = found["استان‌ها"]
    assert title[0] == "استان‌ها · همهٔ کشور · اردیبهشت ۱۴۰۵"
    named = dict(zip(heads, fars, strict=True))
    assert (named["استان"], named["دفتر"], named["نوبت"]) == ("فارس", 1, 36)
    assert (named["استفاده از ظرفیت"], named["جای پرشده"]) == (0.75, 30)
    assert named["تا اولین وقت آزاد"] is None


def test_its_name_says_of_what_and_of_when(karimi_works, counted):
    answer = karimi_works.get(f"{XLSX}?office=1021&month=1405-02")
    assert 'filename="nobat-figures-1021-1405-02.xlsx"' in answer["Content-Disposition"]
    answer = karimi_works.get(CSV)
    assert 'filename="nobat-figures-1405-02.csv"' in answer["Content-Disposition"]


def test_the_csv_has_the_same_numbers(karimi_works, counted):
    content = karimi_works.get(CSV).content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))

    assert content.startswith(b"\xef\xbb\xbf")
    assert lines[0] == ["استان‌ها"]
    assert lines[2][:4] == ["فارس", "1", "36", "0.7500"]


@pytest.mark.parametrize("sign", "=+-@")
def test_no_name_is_reckoned_out_as_a_formula(karimi_works, office, sign):
    county = office.county
    county.name = f'{sign}HYPERLINK("http://example.org")'
    county.save()
    total(office, TODAY, appointments=1)

    [_, _, row] = sheets(karimi_works, "province=07")["شهرستان‌ها"]
    assert row[0] == f"'{county.name}"
    assert f"\"'{sign}HYPERLINK" in karimi_works.get(f"{CSV}?province=07").content.decode()


def test_of_nothing_there_is_a_sheet_that_says_so(karimi_works):
    assert list(sheets(karimi_works)) == ["آمار"]


def test_another_province_is_not_found(karimi_works, dr_karimi, counted):
    member = dr_karimi.association_member
    member.role, member.province_id = "province", "23"
    member.save()

    for address in (XLSX, CSV):
        assert karimi_works.get(f"{address}?province=07").status_code == 404
        assert karimi_works.get(address).status_code == 200
