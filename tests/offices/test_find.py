import pytest

from nobat.offices.find import OfficeSearch, find_offices
from nobat.offices.models import County, OfficeStatus
from tests.build import make_county, make_office, make_service

pytestmark = pytest.mark.django_db

# How one name stands in our list, and how somebody else writes it.
SPELLINGS = {
    "arabic ye": ("علی", "علي"),
    "arabic kaf": ("کریمی", "كريمي"),
    "alef maksura": ("مصطفی", "مصطفى"),
    "hamza on ye": ("رئیسی", "رییسی"),
    "hamza on vav": ("مؤمنی", "مومنی"),
    "hamza on alef": ("رأفت", "رافت"),
    "alef with madda": ("آذری", "اذری"),
    "alef wasla": ("احمد", "ٱحمد"),
    "teh marbuta": ("دایره", "دائرة"),
    "heh with ye": ("خانهٔ عدالت", "خانۀ عدالت"),
    "heh with hamza": ("خانهٔ عدالت", "خانه عدالت"),
    "urdu heh": ("مهدی", "مہدی"),
    "vowel signs": ("محمد", "مُحَمَّد"),
    "superscript alef": ("رحمن", "رحمٰن"),
    "tatweel": ("مریم", "مـــریم"),
    "half-space and space": ("خرم‌آباد", "خرم آباد"),
    "half-space and nothing": ("خرم‌آباد", "خرماباد"),
    "space and nothing": ("باغ نور", "باغنور"),
    "nbsp": ("باغ نور", "باغ\u00a0نور"),
    "presentation forms": ("علی لاجوردی", "ﻋﻠﯽ ﻻﺟﻮﺭﺩﯼ"),
    "persian digits": ("میدان ۱۲", "میدان 12"),
    "arabic digits": ("میدان ۱۲", "میدان ١٢"),
    "bidi marks": ("سروناز", "\u200f\u202bسروناز\u202c"),
    "byte order mark": ("سروناز", "\ufeffسروناز"),
    "soft hyphen": ("سروناز", "سرو\u00adناز"),
    "dash and space": ("امامی‌راد", "امامی-راد"),
    "latin case": ("Arg", "ARG"),
}


def codes(**wanted) -> list[str]:
    return [office.code for office in find_offices(OfficeSearch(**wanted))]


@pytest.fixture
def marvdasht() -> County:
    return County.objects.get(name="مرودشت")


@pytest.mark.parametrize("pair", SPELLINGS.values(), ids=SPELLINGS)
def test_names_and_managers_are_found_however_they_are_written(pair):
    ours, typed = pair
    make_office("1", name=ours, manager="پروانه نیک‌سرشت")
    make_office("2", name="هفت‌چشمه", manager=ours)

    assert codes(name=typed) == ["1"]
    assert codes(manager=typed) == ["2"]


@pytest.mark.parametrize(
    "typed",
    [
        "باغ نور",
        "نور باغ",
        "با نو",
        "نور",
        "دفتر باغ نور",
        "دفتر خدمات قضایی باغ نور",
        "دفتر خدمات الکترونیک قضائی باغ نور",
        "دفترباغنور",
        "  باغ   نور  ",
    ],
)
def test_a_name_is_found_by_its_words_or_how_they_begin(typed):
    make_office("1", name="باغ نور")
    make_office("2", name="سروناز")

    assert codes(name=typed) == ["1"]


def test_words_may_stand_in_another_order_and_in_other_letters():
    make_office("1", name="خانة كريمي", manager="مؤمني، علي")

    assert codes(name="کریمی خانه") == codes(manager="علی مومنی") == ["1"]


def test_the_word_office_alone_narrows_nothing():
    make_office("1", name="باغ نور")

    assert codes(name="دفتر") == ["1"]


@pytest.mark.parametrize("typed", ["بهرام کیانی", "کیانی", "آقای کیانی", "کیانی بهرام", "کیا"])
def test_a_manager_is_found_by_part_of_the_name(typed):
    make_office("1", manager="بهرام کیانی")
    make_office("2", manager="لیلا مرادی‌نژاد")

    assert codes(manager=typed) == ["1"]


@pytest.mark.parametrize("typed", ["90070112", "۹۰۰۷۰۱۱۲", "٩٠٠٧٠١١٢", "9007 0112", "900701"])
def test_an_office_is_found_by_its_code_or_how_it_begins(typed):
    make_office("90070112")
    make_office("90080112")

    assert codes(code=typed) == ["90070112"]


def test_an_office_is_not_found_by_the_end_of_its_code():
    make_office("90070112")

    assert codes(code="70112") == []


@pytest.mark.parametrize("typed", ["90070112", "۹۰۰۷", "کد ۹۰۰۷۰۱۱۲", "دفتر ۹۰۰۷۰۱۱۲"])
def test_a_number_in_place_of_a_name_is_taken_for_the_code(typed):
    make_office("90070112", name="سروناز")
    make_office("90080112", name="باغ نور")

    assert codes(name=typed) == ["90070112"]


@pytest.mark.parametrize(
    "typed",
    [
        "07132000112",
        "۰۷۱ ۳۲۰۰ ۰۱۱۲",
        "071-32000112",
        "32000112",
        "+98 71 3200 0112",
        "00987132000112",
        "987132000112",
        "20001",
    ],
)
def test_an_office_is_found_by_its_phone_with_and_without_the_area_code(typed):
    make_office("1", phone="07132000112")
    make_office("2", phone="07132999999")

    assert codes(phone=typed) == ["1"]


def test_province_and_county_narrow_the_search(marvdasht):
    make_office("1")
    make_office("2", county=marvdasht)
    make_office("3", county=make_county("0701" if marvdasht.code != "0701" else "0702"))
    make_office("4", county=County.objects.filter(province="23").first())

    assert codes(county=marvdasht.code) == ["2"]
    assert set(codes(province="07")) == {"1", "2", "3"}
    assert codes(province="07", county=marvdasht.code) == ["2"]


def test_only_offices_that_offer_the_subject_are_found(petition):
    make_office("1", services=[petition])
    make_office("2", services=[make_service("sana", "ثبت‌نام ثنا")])

    assert codes(service="petition") == ["1"]


def test_a_subject_that_is_not_bookable_any_more_finds_nothing(petition):
    make_office("1", services=[petition])
    petition.is_bookable = False
    petition.save(update_fields=["is_bookable"])

    assert codes(service="petition") == []


def test_all_that_is_asked_holds_at_once(petition, marvdasht):
    wanted = {
        "name": "سروناز",
        "manager": "کیانی",
        "phone": "07132000112",
        "services": [petition],
        "county": marvdasht,
    }
    make_office("90070112", **wanted)
    for number, other in enumerate(
        (
            {"name": "باغ نور"},
            {"manager": "مرادی"},
            {"phone": "07132009999"},
            {"services": []},
            {"county": make_county()},
        )
    ):
        make_office(f"9007012{number}", **wanted | other)

    found = codes(
        province="07",
        county=marvdasht.code,
        service="petition",
        code="9007",
        name="سروناز",
        manager="کیانی",
        phone="32000112",
    )

    assert found == ["90070112"]


@pytest.mark.parametrize("status", [OfficeStatus.CLOSED, OfficeStatus.SUSPENDED])
def test_an_office_that_is_not_open_is_not_found(status):
    make_office("1", status=status)

    assert codes() == []


def test_nearest_to_the_searcher_comes_first_with_the_distance_in_metres():
    make_office("1", lat=29.70, lon=52.50)
    make_office("2", lat=29.61, lon=52.50)
    make_office("3", lat=29.60, lon=52.60)

    found = find_offices(OfficeSearch(near=(29.60, 52.50)))

    assert [office.code for office in found] == ["2", "3", "1"]
    # A hundredth of a degree to the north; a tenth to the east, and a tenth to the north.
    assert [round(office.metres, -2) for office in found] == [1100, 9700, 11100]


def test_without_a_place_of_ones_own_the_centre_of_the_county_counts():
    county = make_county()
    make_office("1", lat=county.lat + 0.2, lon=county.lon)
    make_office("2", lat=county.lat, lon=county.lon)

    found = find_offices(OfficeSearch(county=county.code))

    assert [(office.code, round(office.metres, -2)) for office in found] == [
        ("2", 0),
        ("1", 22200),
    ]


def test_where_no_place_is_known_counties_and_names_are_in_alphabetical_order(marvdasht):
    shiraz = County.objects.get(name="شیراز")
    make_office("1", county=marvdasht, name="آفتاب")
    make_office("2", county=shiraz, name="یاس")
    make_office("3", county=shiraz, name="پارس")

    assert codes(province="07") == ["3", "2", "1"]
    assert find_offices(OfficeSearch(province="07"))[0].metres is None


def test_a_county_whose_centre_nobody_knows_is_searched_all_the_same():
    county = County.objects.get(name="مانه")
    make_office("1", county=county)

    assert codes(county=county.code) == ["1"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "%%%", "'", '"', "{}", "؛", "--"])
def test_signs_alone_narrow_nothing_by_name(typed):
    make_office("90070112")

    assert codes(name=typed) == codes(manager=typed) == ["90070112"]


@pytest.mark.parametrize("typed", ["' OR 1=1 --", "سرو%ز", "سرو_از", "سروناز'; DROP TABLE x"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(typed):
    make_office("90070112", name="سروناز", manager="سروناز")

    assert codes(name=typed) == codes(manager=typed) == codes(code=typed) == []
    assert codes(phone=typed) == codes(phone="%") == codes(code="9%") == []
