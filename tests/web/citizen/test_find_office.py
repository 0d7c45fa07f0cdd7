import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nobat.offices.models import County, OfficeStatus
from nobat.schedule.models import Slot
from nobat.web.citizen.find_office import OFFICES_AROUND, OFFICES_ON_A_PAGE
from tests.build import TOMORROW, make_office, make_slot, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def shiraz() -> County:
    return County.objects.get(name="شیراز")


@pytest.fixture
def marvdasht() -> County:
    return County.objects.get(name="مرودشت")


def search(client, **asked):
    return client.get(reverse("citizen:find_office"), asked)


def shown(answer) -> list[str]:
    """Codes of the offices of the list, from top to bottom."""
    return [card.office.code for card in answer.context["found"]]


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def make_free_office(code: str, county: County, **fields):
    office = make_office(code, county=county, **{"lat": county.lat, "lon": county.lon} | fields)
    make_slot(office, "11:30")
    return office


def test_a_card_says_all_that_a_citizen_chooses_by(client, shiraz, petition):
    office = make_free_office("90070112", shiraz, services=[petition], lat=shiraz.lat + 0.007)

    answer = search(client, province="07", county=shiraz.code, service="petition")

    for said in (
        "دفترهای شیراز",
        "۱ دفتر برای «تنظیم دادخواست یا شکواییه»",
        "فاصله‌ها از مرکز شیراز است",
        office.title,
        "۸۰۰ متر",
        "خیابان ارم، کوچهٔ ۵، پلاک ۱۲",
        "۰۷۱ ۳۲۰۰ ۰۱۱۲",
        "مدیر: بهرام کیانی",
        "۹۰۰۷۰۱۱۲",
        "یکشنبه ۱۳ اردیبهشت، ساعت ۱۱:۳۰",
        "دریافت نوبت",
    ):
        assert said in text(answer), said
    assert f"{reverse('citizen:choose_time', args=['90070112'])}?service=petition" in text(answer)


def test_an_office_without_free_hours_says_so_and_until_when(client, shiraz):
    make_free_office("1", shiraz)
    make_office("2", county=shiraz)

    answer = search(client, county=shiraz.code)

    assert "وقت آزاد ندارد" in text(answer)
    assert "تا ۱۱ خرداد" in text(answer)


def test_what_was_asked_stands_in_the_form_again(client, shiraz, petition):
    asked = {
        "province": "07",
        "county": shiraz.code,
        "service": "petition",
        "name": "نارنج",
        "manager": "کیانی",
        "phone": "3200",
    }

    page = text(search(client, **asked))

    for key in ("province", "county", "service"):
        assert f'<option value="{asked[key]}" selected>' in page
    for key in ("name", "manager", "phone"):
        assert re.search(rf'id="{key}"[^>]* value="{asked[key]}"', page)


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        ({}, "دفترهای سراسر کشور"),
        ({"province": "07"}, "دفترهای استان فارس"),
        ({"lat": "29.61", "lon": "52.53"}, "دفترهای نزدیک شما"),
    ],
)
def test_the_heading_says_where_was_searched(client, asked, heading):
    assert f"<h1>{heading}</h1>" in text(search(client, **asked))


def test_an_address_says_what_the_search_has_left_open(client, marvdasht):
    make_office("1", county=marvdasht, address="خیابان ارم")

    for asked, address in (
        ({"county": marvdasht.code}, "خیابان ارم"),
        ({"province": "07"}, "مرودشت، خیابان ارم"),
        ({}, "فارس، مرودشت، خیابان ارم"),
    ):
        assert search(client, **asked).context["found"][0].address == address


def test_a_county_named_like_its_province_is_said_once(client):
    make_office("1", county=County.objects.get(name="تهران"), address="خیابان ارم")

    assert search(client).context["found"][0].address == "تهران، خیابان ارم"


def test_a_county_alone_says_its_province_too(client, shiraz):
    assert '<option value="07" selected>' in text(search(client, county=shiraz.code))


def test_a_county_of_another_province_is_left_out_and_said(client, shiraz, marvdasht):
    tehran = County.objects.get(name="تهران")
    make_office("1", county=shiraz)
    make_office("2", county=tehran)

    answer = search(client, province=tehran.province_id, county=shiraz.code)

    assert shown(answer) == ["2"]
    assert "شیراز در استان تهران نیست" in text(answer)


def test_the_own_place_of_the_citizen_sorts_and_is_said(client, shiraz):
    make_office("1", county=shiraz, lat=29.70, lon=52.50)
    make_office("2", county=shiraz, lat=29.61, lon=52.50)

    answer = search(client, county=shiraz.code, lat="29.7", lon="52.5")

    assert shown(answer) == ["1", "2"]
    assert "فاصله‌ها از جای شما است" in text(answer)


def test_a_place_is_kept_no_more_exactly_than_a_hundred_metres(client, shiraz):
    answer = search(client, lat="29.6123456", lon="52.5345678")

    assert answer.context["search"].near == (29.612, 52.535)


def test_pages_of_twenty_keep_what_was_asked(client, shiraz, petition):
    for number in range(OFFICES_ON_A_PAGE + 1):
        make_office(f"{1000 + number}", county=shiraz, services=[petition], name="باغ نور")

    first = search(client, county=shiraz.code, service="petition", name="باغ")
    link = re.search(r'href="(/offices/\?[^"]*page=2)"', first.content.decode())[1]
    second = client.get(link.replace("&amp;", "&"))

    assert "۲۱ دفتر" in text(first)
    assert "صفحهٔ ۱ از ۲" in text(first)
    assert (len(shown(first)), len(shown(second))) == (20, 1)
    assert not set(shown(first)) & set(shown(second))
    assert "صفحهٔ قبل" in text(second)
    assert "صفحهٔ بعد" not in text(second)
    assert second.context["search"] == first.context["search"]


@pytest.mark.parametrize("page", ["2", "999999", "9" * 5000])
def test_a_page_behind_the_last_leads_to_the_first(client, office, page):
    answer = search(client, name=office.name, page=page)

    assert answer.status_code == 302
    assert shown(client.get(answer.url)) == [office.code]
    assert "page" not in answer.url


@pytest.mark.parametrize("page", ["", "0", "-1", "two", "1.5", "²", "۱", None])
def test_what_is_no_page_is_the_first_page(client, office, page):
    assert shown(search(client, **({"page": page} if page is not None else {}))) == [office.code]


# ---------------------------------------------------------------- no dead end


def test_a_name_that_is_not_found_is_said_with_the_nearest_free_offices(
    client, shiraz, marvdasht, petition
):
    make_free_office("1", marvdasht, services=[petition])
    make_free_office("2", shiraz, services=[petition])
    make_free_office("3", shiraz)  # without the subject
    make_office("4", county=shiraz, services=[petition])  # without a free hour

    answer = search(client, county=shiraz.code, service="petition", name="ارغوانی")

    assert "در شیراز دفتری با نام «ارغوانی» پیدا نشد" in text(answer)
    assert [card.office.code for card in answer.context["nearest"]] == ["2", "1"]
    assert "همهٔ دفترهای شیراز" in text(answer)


def test_the_way_to_all_offices_of_the_county_keeps_the_subject(client, shiraz, petition):
    make_free_office("1", shiraz, services=[petition])
    answer = search(client, county=shiraz.code, service="petition", manager="ارغوانی")

    link = re.search(r'href="([^"]*)">همهٔ دفترهای شیراز', answer.content.decode())[1]
    there = client.get(link.replace("&amp;", "&"))

    assert shown(there) == ["1"]
    assert there.context["asked"].service.code == "petition"


def test_when_all_are_full_the_nearest_with_free_hours_come_first(client, shiraz, marvdasht):
    full = make_free_office("1", shiraz)
    Slot.objects.filter(office=full).update(taken=1)
    make_free_office("2", marvdasht)

    answer = search(client, county=shiraz.code)

    assert "این دفتر تا ۱۱ خرداد وقت آزاد ندارد" in text(answer)
    assert [card.office.code for card in answer.context["nearest"]] == ["2"]
    assert shown(answer) == ["1"]
    assert [card.number for card in answer.context["nearest"] + answer.context["found"]] == [1, 2]


def test_a_full_office_that_was_named_has_its_neighbours_beside_it(client, shiraz, marvdasht):
    make_free_office("1", County.objects.order_by("province__position", "position")[0])
    make_free_office("2", marvdasht)
    make_free_office("3", shiraz)
    make_office("4", county=shiraz, name="ارغوان")  # without a free hour

    answer = search(client, name="ارغوان")

    assert [card.office.code for card in answer.context["nearest"]] == ["3", "2", "1"]
    assert [card.number for card in answer.context["found"] + answer.context["nearest"]] == [
        1,
        2,
        3,
        4,
    ]
    assert text(answer).index("دفتر ارغوان") < text(answer).index("نزدیک‌ترین دفترها")
    assert "نزدیک‌ترین دفترها با وقت آزاد" in text(answer)
    assert "فاصله‌ها از مرکز شیراز است" in text(answer)


def test_one_free_office_in_the_list_is_enough(client, shiraz, marvdasht):
    make_office("1", county=shiraz)
    make_free_office("2", shiraz)
    make_free_office("3", marvdasht)

    answer = search(client, county=shiraz.code)

    assert answer.context["nearest"] == []
    assert sorted(shown(answer)) == ["1", "2"]


def test_only_a_few_offices_are_proposed(client, shiraz):
    for number in range(OFFICES_AROUND + 1):
        make_free_office(f"{number + 1}", shiraz)

    assert len(search(client, name="نیست").context["nearest"]) == OFFICES_AROUND


def test_when_the_whole_country_is_full_the_page_says_what_to_do(client, shiraz):
    make_office("1", county=shiraz)

    assert "فردا دوباره سر بزنید" in text(search(client, county=shiraz.code))
    assert "فردا دوباره سر بزنید" in text(search(client, name="نیست"))


def test_free_hours_of_today_or_too_far_ahead_do_not_count(client, office):
    make_slot(office, "18:00", day=TOMORROW - timedelta(days=1))
    make_slot(office, "08:00", day=TOMORROW + timedelta(days=30))

    assert not search(client).context["found"][0].first_free


def test_a_closed_office_is_not_shown(client, shiraz):
    make_free_office("1", shiraz, status=OfficeStatus.CLOSED)

    answer = search(client, county=shiraz.code)

    assert shown(answer) == []
    assert answer.context["nearest"] == []


# ---------------------------------------------------- whatever is in the address


@pytest.mark.parametrize("key", ["province", "county", "service"])
@pytest.mark.parametrize("value", ["zz", "9999", "0", "07' OR 1=1", "\x00", "ا" * 5000])
def test_a_place_or_subject_that_is_not_known_is_left_out_and_said(client, office, key, value):
    answer = search(client, **{key: value})

    assert answer.status_code == 200
    assert shown(answer) == [office.code]
    assert ("شناخته نشد" in text(answer)) == (value != "\x00")


@pytest.mark.parametrize("key", ["name", "manager", "phone", "code"])
@pytest.mark.parametrize(
    "value",
    ["\x00", "a\x00b", "%", "'; DROP TABLE offices_office; --", "<script>", "ن" * 5000, "\u202e"],
)
def test_whatever_is_typed_gives_a_page(client, office, key, value):
    answer = search(client, **{key: value})

    assert answer.status_code == 200
    assert "<script>" not in text(answer).replace('<script src="/static/site.js"', "")


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("x", "52"), ("29.6", ""), ("nan", "nan"), ("inf", "1"), ("91", "52"), ("1e400", "0")],
)
def test_what_is_no_place_is_left_out(client, office, lat, lon):
    answer = search(client, lat=lat, lon=lon)

    assert answer.status_code == 200
    assert answer.context["search"].near is None
    assert shown(answer) == [office.code]


def test_bytes_that_are_no_text_give_a_page(client, office):
    assert client.get("/offices/?name=%FF%FE&county=%80&page=%00").status_code == 200


# ----------------------------------------------------------------------- the map


def test_the_map_has_the_numbers_and_places_of_the_list(client, shiraz):
    office = make_free_office("90070112", shiraz)

    page = search(client, county=shiraz.code).content.decode()
    drawn = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])

    assert drawn["pins"] == [
        {
            "number": "۱",
            "lat": office.lat,
            "lon": office.lon,
            "geo": f"geo:{office.lat:.5f},{office.lon:.5f}",
            "title": "دفتر نارنجستان",
            "lines": [
                "خیابان ارم، کوچهٔ ۵، پلاک ۱۲",
                "اولین وقت آزاد: یکشنبه ۱۳ اردیبهشت، ساعت ۱۱:۳۰",
            ],
            "link": "/offices/90070112/",
        }
    ]
    assert drawn["towns"] == [{"name": "شیراز", "lat": shiraz.lat, "lon": shiraz.lon}]
    assert drawn["tiles"] == ""


def test_tiles_are_drawn_only_if_a_setting_names_them(client, office, settings):
    settings.MAP_TILES_URL = "https://tiles.example.ir/{z}/{x}/{y}.png"

    assert search(client).context["map"]["tiles"] == settings.MAP_TILES_URL


def test_without_a_script_each_address_opens_the_own_map_of_the_phone(client, office):
    assert f'href="geo:{office.lat:.5f},{office.lon:.5f}"' in text(search(client))


def test_a_name_cannot_break_out_of_the_map(client):
    make_office("1", name="</script><b>", address="<img src=x onerror=alert(1)>")

    assert "</script><b>" not in text(search(client))
    assert "<img src=x" not in text(search(client))


# ----------------------------------------------------------------- what it costs


def statements(client, **asked) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert search(client, **asked).status_code == 200
    return len(queries)


def test_a_search_takes_one_statement_and_two_for_words(client, sara, shiraz, petition):
    for number in range(3):
        make_free_office(f"{number}", shiraz, services=[petition])
    sign_in(client, sara)
    search(client)  # the trees to choose from are in memory now

    found = statements(client, county=shiraz.code, service="petition", lat="29.6", lon="52.5")
    by_name = statements(client, county=shiraz.code, service="petition", name="نارنج")
    not_found = statements(client, county=shiraz.code, service="petition", name="نیست")

    assert found == 2  # who is asking, and the offices with their first free hours
    assert by_name == 3  # … after which they are
    assert not_found == 4  # which there are: none; those around in the province, and elsewhere


def test_a_place_of_many_offices_is_counted_once_in_a_minute(client, clock, shiraz):
    for number in range(OFFICES_ON_A_PAGE + 1):
        make_free_office(f"{1000 + number}", shiraz)
    search(client, province="03")  # the trees to choose from are in memory now

    assert statements(client, county=shiraz.code) == 1  # all are read, and counted on the way
    assert statements(client, county=shiraz.code, page="2") == 1
    assert statements(client, province="07") == 2
    clock.shift(timedelta(seconds=11))
    search(client)  # reads the rules again
    assert statements(client, province="07") == 1
    assert statements(client, province="07", page="2") == 1  # the last one counts itself


def test_the_same_search_is_answered_once_in_ten_seconds(client, clock, shiraz):
    make_free_office("1", shiraz)
    assert "وقت آزاد ندارد" not in text(search(client, county=shiraz.code))
    Slot.objects.update(taken=1)

    clock.shift(timedelta(seconds=9))
    assert statements(client, county=shiraz.code) == 0
    assert "وقت آزاد ندارد" not in text(search(client, county=shiraz.code))
    clock.shift(timedelta(seconds=1))
    assert "وقت آزاد ندارد" in text(search(client, county=shiraz.code))


def test_around_somebodys_own_place_nothing_is_kept(client, shiraz):
    make_free_office("1", shiraz)
    search(client)
    near = {"lat": "29.6", "lon": "52.5"}

    assert statements(client, **near) == statements(client, **near) == 1


def test_what_is_kept_has_nobodys_name_in_it(client, sara, shiraz):
    make_free_office("1", shiraz)
    sign_in(client, sara)
    name = '<span class="menu__who">سارا</span>'
    assert name in text(search(client))

    assert name not in text(search(Client()))


def test_while_a_county_is_full_the_country_is_looked_through_once_in_ten_seconds(
    client, clock, shiraz, marvdasht
):
    make_office("1", county=shiraz)
    make_free_office("2", marvdasht)
    search(client)

    assert statements(client, county=shiraz.code) == 3
    clock.shift(timedelta(seconds=3))
    assert statements(client, county=shiraz.code, name="نیست") == 1
    assert "دفتر نارنجستان" in text(search(client, county=shiraz.code, name="نیست"))
    assert statements(client, county=shiraz.code, lat="29.6", lon="52.5") == 3
    clock.shift(timedelta(seconds=11))
    assert statements(client, county=shiraz.code) == 4  # and the rules


def test_a_stranger_without_a_cookie_costs_one_statement(client, shiraz, clock):
    make_free_office("1", shiraz)
    search(client)
    clock.shift(timedelta(seconds=10))
    search(client, province="07")  # reads the rules again

    assert statements(client) == 1


def test_a_search_is_asked_for_and_never_posted(client):
    assert client.post(reverse("citizen:find_office")).status_code == 405
