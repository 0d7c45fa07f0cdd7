from datetime import timedelta

import pytest

from tests.build import make_rule

PAGES = ["/help/privacy/", "/help/accessibility/", "/about/"]


@pytest.mark.parametrize("address", PAGES)
def test_what_explains_needs_no_database(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_questions_are_answered(client):
    assert "زودترین روز، فرداست" in client.get("/help/").content.decode()


def test_the_rules_say_the_numbers_of_today(client, dr_karimi, clock):
    changed = {
        "turns_per_office_and_day": 3,
        "cases_per_turn": 5,
        "booking_horizon": 17,
        "week_without_booking": 9,
        "first_bookable_day": 2,
    }
    for name, number in changed.items():
        make_rule(name, number, by=dr_karimi)
    clock.shift(timedelta(days=1))

    page = client.get("/help/rules/").content.decode()

    for said in ("روزی سه نوبت", "برای پنج پرونده", "تا ده پرونده", "۱۷ روز دیگر", "۹ روز نوبت"):
        assert said in page
    assert "زودترین روز، ۲ روز دیگر است" in page
    assert "در هر ساعت، تا پنج جابه‌جایی" in page
    assert "پس از پنج حذف در یک ساعت" in page
    assert "به‌زودی عوض می‌شود" not in page


def test_the_rules_say_what_changes_soon(client, dr_karimi):
    make_rule("cases_per_turn", 3, by=dr_karimi)

    page = client.get("/help/rules/").content.decode()

    assert "از یکشنبه ۱۳ اردیبهشت: هر نوبت برای سه پرونده است." in page
    assert "هر نوبت برای دو پرونده." in page


@pytest.mark.django_db
def test_the_page_about_sana_names_the_papers_and_leads_to_an_office(client):
    page = client.get("/help/sana/").content.decode()

    assert "شناسنامه" in page
    assert 'href="/?service=sana#search"' in page


def test_where_the_data_comes_from_is_said(client):
    page = client.get("/about/").content.decode()

    for source in ("GeoNames", "CC BY 4.0", "OpenStreetMap", "ODbL", "iran-cities", "MIT"):
        assert source in page


@pytest.mark.django_db
@pytest.mark.parametrize(("line", "where"), [("300012", "۳۰۰۰۱۲"), ("", "در پاسخ به پیامک‌های ما")])
def test_only_where_our_line_can_receive_it_is_said_what_can_be_sent(client, settings, line, where):
    settings.SMS_LINE = line
    assert f"{where}" in client.get("/help/").content.decode()
    settings.SMS_ANSWERS = False
    assert "با پیامک چه می‌شود کرد" not in client.get("/help/").content.decode()
