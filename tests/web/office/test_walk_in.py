import re

import pytest

from nobat.appointments import policy
from nobat.offices.models import Office
from nobat.visits.models import Visit
from nobat.visits.walk_in import walk_in
from tests.build import make_service

PAGE = "/office/walk-in/"


@pytest.fixture
def late(at_ten, clock):
    clock.shift(policy.SEAT_KEPT_FOR)
    return at_ten


def test_a_number_is_given_and_said(maryam_works, petition):
    form = {"name": "رضا", "service": petition.pk, "seat": ""}
    answer = maryam_works.post(PAGE, form, follow=True)
    assert "شمارهٔ ۱ داده شد" in answer.content.decode()
    assert (Visit.objects.get().name, Visit.objects.get().service) == ("رضا", petition)


def test_an_empty_form_gives_a_number_too(maryam_works):
    assert maryam_works.post(PAGE).status_code == 302
    assert Visit.objects.get().number == 1


def test_the_seats_of_those_who_are_late_are_listed_by_name_and_hour(late, maryam_works):
    text = maryam_works.get(PAGE).content.decode()
    assert "جای سارا محمدی، ساعت ۱۰:۰۰، که نیامده است" in text


def test_a_seat_is_given_away(late, maryam_works):
    maryam_works.post(PAGE, {"name": "رضا", "seat": late.pk})
    assert Visit.objects.get().in_place_of == late


def test_a_seat_that_a_colleague_gave_away_is_refused_and_the_name_stays(
    late, office, maryam, maryam_works
):
    walk_in(office=office, by=maryam, in_place_of=late)
    answer = maryam_works.post(PAGE, {"name": "رضا", "seat": late.pk})
    assert answer.status_code == 422
    assert 'value="رضا"' in answer.content.decode()
    assert Visit.objects.count() == 1


def test_services_that_the_office_does_not_have_are_not_offered(maryam_works):
    other = make_service("appeal", "تجدیدنظرخواهی")
    assert maryam_works.post(PAGE, {"service": other.pk}).status_code == 422
    assert not Visit.objects.exists()


def test_pressing_twice_gives_one_number(maryam_works):
    form = {"name": "رضا", "key": "7b1c2f6e-9a55-4a38-8f0e-0d5f6f1f7f10"}
    for _ in range(2):
        assert maryam_works.post(PAGE, form)["Location"] == "/office/"
    assert Visit.objects.count() == 1


def test_after_a_refusal_the_same_page_still_gives_a_number(late, office, maryam_works):
    text = maryam_works.get(PAGE).content.decode()
    form = {"name": "رضا", "key": key_in(text)}
    Office.objects.update(status="suspended")
    refused = maryam_works.post(PAGE, form)
    assert refused.status_code == 409
    Office.objects.update(status="open")
    maryam_works.post(PAGE, form | {"key": key_in(refused.content.decode())})
    assert Visit.objects.get().name == "رضا"


def key_in(page):
    return re.search(r'name="key" value="([^"]+)"', page)[1]
