import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from nobat import web
from tests.build import make_service

STATIC = Path(web.__file__).parent / "static"
MOST = 150_000  # bytes, compressed, without the map


@pytest.fixture
def page(client: Client, petition) -> str:
    return client.get("/").content.decode()


def test_the_search_goes_to_the_offices_with_every_field(page):
    form = page[page.index('<form class="search"') : page.index("</form>")]

    assert 'action="/offices/"' in form
    assert re.findall(r'name="([a-z]+)"', form) == [
        "province",
        "county",
        "service",
        "name",
        "manager",
        "phone",
    ]


@pytest.mark.django_db
def test_every_county_can_be_chosen_under_its_province_without_a_script(page):
    assert page.count("<optgroup") >= 31
    assert page.count('<option value="') >= 31 + 483
    fars = page[page.index('<optgroup label="فارس"') :]
    assert "شیراز" in fars[: fars.index("</optgroup>")]


@pytest.mark.django_db
def test_who_came_for_a_subject_finds_it_chosen(client):
    page = client.get("/?service=petition").content.decode()

    assert '<option value="petition" selected>' in page


@pytest.mark.django_db
def test_a_service_that_is_not_offered_any_more_is_not_on_the_first_page(client):
    make_service("petition", "تنظیم دادخواست یا شکواییه", is_bookable=False)

    assert "service=petition" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_first_page_costs_few_statements_and_the_second_visitor_none(
    client, django_assert_num_queries
):
    with django_assert_num_queries(3):  # places, subjects and rules
        client.get("/")
    with django_assert_num_queries(0):
        client.get("/")


@pytest.mark.django_db
def test_a_page_travels_compressed_to_whoever_can_read_that(client):
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(gzip.decompress(answer.content)) / 3


@pytest.mark.django_db
def test_the_first_page_is_light_enough_for_a_slow_network(page):
    """What the page names, what its stylesheet names, and the page itself."""
    named = set(re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"#]+)', page))
    css = (STATIC / "nobat.css").read_text()
    named |= set(re.findall(r'url\("([^"]+)"\)', css))
    if not all((STATIC / name).exists() for name in named):
        pytest.skip("front-end files are not built")

    sizes = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in named}
    sizes["the page"] = len(gzip.compress(page.encode()))

    assert sum(sizes.values()) <= MOST, sizes
