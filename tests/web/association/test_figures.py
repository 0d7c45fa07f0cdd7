from datetime import timedelta

import pytest
from django.urls import reverse

from nobat.figures.count import count_days
from nobat.figures.models import ServiceDayTotal, SmsDayTotal
from nobat.offices.models import AssociationRole
from nobat.sms.models import Kind
from tests.build import TOMORROW, book, make_county, make_office
from tests.figures.totals import total

pytestmark = pytest.mark.django_db
PAGE = reverse("association:figures")
TODAY = TOMORROW - timedelta(days=1)  # 12 Ordibehesht 1405
MONTH_AGO = TODAY - timedelta(days=31)  # 12 Farvardin
COUNTS = {
    "offered": 40,
    "held": 30,
    "appointments": 36,
    "came": 24,
    "no_shows": 3,
    "excused": 1,
    "cancelled": 6,
    "displaced": 2,
    "served": 24,
    "booked": 50,
    "measured": 1,
    "wait": 4,
}


@pytest.fixture
def neighbour():
    return make_office("1022", name="سروستان", county=make_county("0701"))


@pytest.fixture
def counted(office, neighbour, petition):
    """Two days of office 1021, one of its neighbour, and one of Tehran."""
    tehran = make_office("1023", county=make_county("2301"))
    total(office, TODAY, **COUNTS)
    total(office, MONTH_AGO, **COUNTS | {"booked": 40, "wait": 6})
    total(neighbour, TODAY, offered=10, held=5, appointments=5, came=5)
    total(tehran, TODAY, offered=10, held=10, appointments=14, measured=1, wait=20)
    ServiceDayTotal.objects.create(
        county=office.county, service=petition, day=TODAY, appointments=36
    )
    SmsDayTotal.objects.create(
        day=TODAY,
        kind=Kind.BOOKED,
        province_id="07",
        queued=40,
        accepted=38,
        given_up=2,
        delivered=36,
        undelivered=1,
        parts=100,
        cost=30000,
    )


def shown(client, query: str = "") -> str:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def tiles(client, query: str = "") -> dict[str, tuple[str, str]]:
    found = client.get(f"{PAGE}?{query}").context["tiles"]
    return {tile.title: (tile.said, tile.note) for tile in found}


def rows(client, query: str = "", table: str = "parts") -> dict[str, list[str]]:
    tables = {each.key: each for each in client.get(f"{PAGE}?{query}").context["tables"]}
    found = tables[table].rows if table in tables else []
    return {row.name: [cell.said for cell in row.cells] for row in found}


def test_the_tiles_compare_with_the_same_days_of_the_month_before(karimi_works, counted):
    assert tiles(karimi_works, "office=1021") == {
        "نوبت ثبت‌شده": ("۵۰", "۲۵٪ بیشتر از همین روزهای فروردین"),
        "استفاده از ظرفیت": ("۷۵٪", "مانند همین روزهای فروردین"),
        "تا اولین وقت آزاد": ("۴", "۲ روز کوتاه‌تر از همین روزهای فروردین"),
        "نیامدن": ("۱۱٪", "مانند همین روزهای فروردین"),
        "مراجعهٔ انجام‌شده": ("۲۴", "مانند همین روزهای فروردین"),
    }
    assert tiles(karimi_works)["پیامک رسیده"] == ("۹۵٪", "۱ پیامک نرسید")
    SmsDayTotal.objects.update(delivered=0, undelivered=0)
    assert tiles(karimi_works)["پیامک پذیرفته‌شده"] == ("۹۵٪", "۲ پیامک فرستاده نشد")


def test_the_country_is_shown_by_province_with_its_map(karimi_works, counted):
    text = shown(karimi_works)

    assert "آمار اردیبهشت ۱۴۰۵" in text
    assert "فارس: ۴ روز" in text
    assert "تهران: ۲۰ روز" in text
    assert rows(karimi_works) == {
        "تهران": ["۱", "۱۴", "۱۰۰٪", "۲۰ روز", "—", "۰", "۰"],
        "فارس": ["۲", "۴۱", "۷۰٪", "۴ روز", "۹٫۱٪", "۶", "۲"],
    }


def test_each_part_leads_on_to_its_own_parts(karimi_works, counted, office):
    assert f'href="{PAGE}?province=07&amp;month=1405-02"' in shown(karimi_works)
    fars = shown(karimi_works, "province=07")
    assert f'href="{PAGE}?county={office.county.code}&amp;month=1405-02"' in fars
    assert "نقشهٔ استان‌ها" not in fars
    shiraz = shown(karimi_works, f"county={office.county.code}")
    assert f'href="{PAGE}?office=1021&amp;month=1405-02"' in shiraz
    assert rows(karimi_works, "office=1021") == {}


def test_every_picture_has_its_numbers_in_a_table(karimi_works, counted, petition):
    context = karimi_works.get(PAGE).context

    assert [chart.title for chart in context["charts"]] == [
        "استفاده از ظرفیت",
        "چند روز تا اولین وقت آزاد",
        "تا اولین وقت آزاد در این ماه",
        "نیامدن",
        "نوبت‌ها چرا به جایی نرسید",
        "پیامک‌ها چه شدند",
        "نوبت برای چه کاری",
    ]
    assert rows(karimi_works, table="months")["فروردین"][:3] == ["۳۶", "۷۵٪", "۶ روز"]
    assert list(rows(karimi_works, table="weeks")) == ["۱۲ اردیبهشت"]
    assert rows(karimi_works, table="services") == {petition.title: ["۳۶", "۱۰۰٪"]}
    assert rows(karimi_works, table="causes")["شهروند حذف کرد"] == ["۶", "۵۰٪"]
    sent = ["۴۰", "۳۸", "۳۶", "۱", "۱", "۲", "۱۰۰", "۳۰٬۰۰۰", "۹۵٪"]
    assert rows(karimi_works, table="messages") == {"نوبت ثبت شد": sent}


def test_the_page_reads_totals_and_never_the_appointments(
    karimi_works, counted, django_assert_max_num_queries
):
    for query in ("", "province=07", "county=0701"):
        with django_assert_max_num_queries(20) as seen:
            shown(karimi_works, query)
        asked = " ".join(each["sql"] for each in seen.captured_queries)
        assert '"appointments_appointment"' not in asked
        assert '"schedule_slot"' not in asked
        assert '"sms_outgoingsms"' not in asked


def test_it_shows_what_the_job_has_counted(karimi_works, sara, slot, office, petition):
    book(sara, slot, petition)
    count_days(first=TODAY, last=TOMORROW)

    assert tiles(karimi_works)["نوبت ثبت‌شده"] == ("۱", "در همین روزهای فروردین چیزی نبود")


def test_a_month_ahead_says_what_has_been_taken_so_far(karimi_works, counted, office):
    total(office, TODAY + timedelta(days=30), offered=8, held=2, appointments=2)

    assert tiles(karimi_works, "month=1405-03") == {
        "نوبت تا این لحظه": ("۲", ""),
        "ظرفیت پرشده": ("۲۵٪", ""),
    }


def test_where_nothing_was_counted_the_page_says_so(karimi_works, office):
    assert "نخستین شمارش هنوز انجام نشده است" in shown(karimi_works)


def test_an_officer_of_a_province_sees_the_own_one_alone(karimi_works, dr_karimi, counted, office):
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "07"
    member.save()

    assert set(rows(karimi_works)) == {
        "شیراز",
        office.county.__class__.objects.get(code="0701").name,
    }
    assert "تهران" not in shown(karimi_works)
    assert karimi_works.get(f"{PAGE}?office=1023").status_code == 404
