import pytest
from django.core.cache import cache
from django.urls import reverse

from nobat.offices.models import AssociationRole, County

PAGE = reverse("association:counties")
ADD = reverse("association:add_county", args=["07"])
FRESH = {"name": "آبادشهر", "other_name": "", "code": "۰۷۹۹", "lat": "۲۹٫۱", "lon": "53.2"}


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def shiraz(office) -> County:
    return office.county


def address(name: str, county: County) -> str:
    return reverse(f"association:{name}", args=[county.pk])


def test_the_counties_of_a_province_are_listed_with_their_offices(karimi_works, shiraz):
    text = karimi_works.get(PAGE, {"province": "07"}).content.decode()

    assert address("county", shiraz) in text
    assert "۱ دفتر" in text
    assert "شهرستان‌های فارس" in text


def test_an_unknown_province_shows_the_first(karimi_works):
    assert karimi_works.get(PAGE, {"province": "x"}).context["chosen"].position == 1


def test_a_fresh_county_is_in_the_search_of_citizens(karimi_works, client):
    assert "آبادشهر" not in client.get("/").content.decode()

    assert karimi_works.post(ADD, FRESH).url == f"{PAGE}?province=07"

    county = County.objects.get(code="0799")
    assert (county.lat, county.lon) == (29.1, 53.2)
    assert "آبادشهر" in client.get("/").content.decode()


def test_a_county_without_a_known_seat_may_be_written_down(karimi_works):
    karimi_works.post(ADD, FRESH | {"lat": "", "lon": ""})

    assert County.objects.get(code="0799").lat is None


@pytest.mark.parametrize(
    ("field", "typed"),
    [("code", "0707"), ("code", "2301"), ("name", "شيراز"), ("name", "\u200f"), ("lat", "70")],
)
def test_a_mistake_is_told_beside_its_field(karimi_works, field, typed):
    answer = karimi_works.post(ADD, FRESH | {field: typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert County.objects.count() == 483


def test_a_county_is_changed(karimi_works, shiraz):
    page = address("county", shiraz)
    shown = karimi_works.get(page).context["form"].initial
    assert shown["code"] == "۰۷۰۷"

    karimi_works.post(page, shown | {"other_name": "شهر راز"})

    shiraz.refresh_from_db()
    assert (shiraz.other_name, shiraz.name_key) == ("شهر راز", "شیراز شهر راز")


def test_a_county_with_offices_is_not_removed(karimi_works, shiraz):
    page = address("remove_county", shiraz)
    assert "برداشته نمی‌شود" in karimi_works.get(page).content.decode()

    assert karimi_works.post(page).status_code == 409

    assert County.objects.filter(pk=shiraz.pk).exists()


def test_a_county_without_offices_is_removed_after_a_question(karimi_works):
    karimi_works.post(ADD, FRESH)
    page = address("remove_county", County.objects.get(code="0799"))
    assert "دفتری در آن نیست" in karimi_works.get(page).content.decode()

    karimi_works.post(page)

    assert not County.objects.filter(code="0799").exists()


def test_who_only_reads_sees_no_button(karimi_works, dr_karimi, shiraz):
    member = dr_karimi.association_member
    member.role = AssociationRole.READER
    member.save()

    for page in (PAGE, ADD, address("county", shiraz), address("remove_county", shiraz)):
        text = karimi_works.get(page).content.decode()
        assert 'class="btn btn-primary btn-lg"' not in text
        assert "افزودن شهرستان" not in text
