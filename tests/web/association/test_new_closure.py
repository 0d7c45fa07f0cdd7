from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from nobat.offices.models import County

pytestmark = pytest.mark.django_db
FIRST, SECOND = reverse("association:new_closure"), reverse("association:closure_when")
WHEN = {
    "first_day": "2026-05-03",
    "last_day": "2026-05-03",
    "extent": "day",
    "stays": "0",
    "reason": "آلودگی هوا",
}


def test_from_where_to_when_to_the_look_at_what_follows(karimi_works, office):
    first = karimi_works.post(FIRST, {"extent": "provinces", "provinces": ["07"]})
    assert first.url == f"{SECOND}?extent=provinces&provinces=07"
    page = karimi_works.get(first.url).content.decode()
    assert 'value="0712" id="county-0712" checked' in page

    chosen = set(County.objects.filter(province="07").values_list("code", flat=True)) - {"0712"}
    second = karimi_works.post(first.url, WHEN | {"chosen": sorted(chosen)})

    asked = parse_qs(urlsplit(second.url).query)
    assert (asked["provinces"], asked["but_counties"]) == (["07"], ["0712"])
    assert karimi_works.get(second.url).status_code == 200


def test_offices_by_their_codes(karimi_works, office):
    first = karimi_works.post(FIRST, {"extent": "offices", "offices": "۱۰۲۱"})
    second = karimi_works.post(first.url, WHEN)

    assert parse_qs(urlsplit(second.url).query)["offices"] == ["1021"]


def test_what_is_wrong_is_said_and_nothing_is_lost(karimi_works, office):
    answer = karimi_works.post(FIRST, {"extent": "offices", "offices": "777"})
    assert answer.status_code == 422
    assert "777</textarea>" in answer.content.decode()

    when = karimi_works.post(
        f"{SECOND}?extent=provinces&provinces=07", WHEN | {"reason": "", "chosen": ["0707"]}
    )
    page = when.content.decode()
    assert when.status_code == 422
    assert 'id="county-0707" checked' in page
    assert 'id="county-0712" checked' not in page


def test_without_a_place_the_second_step_leads_to_the_first(karimi_works):
    assert karimi_works.get(SECOND).url == FIRST
