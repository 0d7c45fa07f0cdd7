from datetime import timedelta

import pytest

from nobat.appointments import policy

PAGES = ["/help/", "/help/rules/", "/help/privacy/", "/help/accessibility/", "/about/"]


@pytest.mark.parametrize("address", PAGES)
def test_what_explains_needs_no_database(client, address):
    assert client.get(address).status_code == 200


def test_the_rules_say_the_numbers_of_the_policy(client, monkeypatch):
    monkeypatch.setattr(policy, "TURNS_PER_OFFICE_AND_DAY", 3)
    monkeypatch.setattr(policy, "CASES_PER_TURN", 5)
    monkeypatch.setattr(policy, "MOST_CASES", 10)
    monkeypatch.setattr(policy, "BOOKING_HORIZON", timedelta(days=17))
    monkeypatch.setattr(policy, "WEEK_WITHOUT_BOOKING", timedelta(days=9))

    page = client.get("/help/rules/").content.decode()

    for said in ("روزی سه نوبت", "برای پنج پرونده", "تا ده پرونده", "۱۷ روز دیگر", "۹ روز نوبت"):
        assert said in page


@pytest.mark.django_db
def test_the_page_about_sana_names_the_papers_and_leads_to_an_office(client):
    page = client.get("/help/sana/").content.decode()

    assert "شناسنامه" in page
    assert 'href="/?service=sana#search"' in page


def test_where_the_data_comes_from_is_said(client):
    page = client.get("/about/").content.decode()

    for source in ("GeoNames", "CC BY 4.0", "OpenStreetMap", "ODbL", "iran-cities", "MIT"):
        assert source in page
