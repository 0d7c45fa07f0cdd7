import pytest
from django.urls import reverse

from nobat.offices.models import AssociationRole, Office, OfficeStatus
from tests.build import make_county, make_hours

PAGE = reverse("association:office", args=["1021"])
ADD = reverse("association:add_office")


@pytest.fixture
def typed(office):
    return {
        "name": "دفتر سرو",
        "manager": "مينا شريفي",
        "county": office.county_id,
        "address": "خیابان ارم",
        "phone": "۰۷۱-۳۲۰۰۰۱۱۳",
        "lat": "۲۹٫۶",
        "lon": "52/5",
        "is_exempt": "on",
        "services": ["petition", "brief"],
    }


@pytest.fixture
def officer_of_fars(karimi_works, dr_karimi):
    member = dr_karimi.association_member
    member.role, member.province_id = AssociationRole.PROVINCE, "07"
    member.save()
    return karimi_works


def test_an_office_shows_its_details_status_hours_and_staff(karimi_works, office, maryam, bahram):
    make_hours(office, range(5))
    Office.objects.update(status=OfficeStatus.SUSPENDED)

    text = karimi_works.get(PAGE).content.decode()

    assert 'value="نارنجستان"' in text
    assert 'value="۲۹٫۶۱"' in text
    assert "معلق" in text
    assert "شنبه تا چهارشنبه، ۰۸:۰۰ تا ۱۲:۰۰" in text
    assert maryam.full_name in text


def test_an_office_without_hours_says_why_it_gives_no_turns(karimi_works, office):
    assert "هنوز ساعتی ندارد" in karimi_works.get(PAGE).content.decode()


def test_the_details_are_changed_as_they_are_typed(karimi_works, office, typed):
    assert karimi_works.post(PAGE, typed).url == PAGE

    office.refresh_from_db()
    assert (office.name, office.manager) == ("سرو", "مینا شریفی")
    assert (office.phone, office.lat, office.lon) == ("07132000113", 29.6, 52.5)
    assert office.is_exempt
    assert {each.code for each in office.services.all()} == {"petition", "brief"}


def test_what_the_page_shows_and_is_sent_back_changes_nothing(karimi_works, office):
    form = karimi_works.get(PAGE).context["form"]
    shown = {name: value for name, value in form.initial.items() if value not in (False, None)}

    answer = karimi_works.post(PAGE, shown, follow=True)

    assert "چیزی عوض نشده بود" in answer.content.decode()


def test_a_mistake_is_told_and_nothing_typed_is_lost(karimi_works, office, typed):
    answer = karimi_works.post(PAGE, typed | {"phone": "09171234567", "lat": "70"})

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "تلفن باید ثابت و با پیش‌شمارهٔ شهر باشد" in text
    assert 'value="09171234567"' in text
    office.refresh_from_db()
    assert office.name == "نارنجستان"


def test_an_officer_of_a_province_moves_no_office_out_of_it(officer_of_fars, office, typed):
    answer = officer_of_fars.post(PAGE, typed | {"county": make_county("2301").pk})

    assert answer.status_code == 422


def test_who_only_reads_sees_the_details_without_a_form(karimi_works, dr_karimi, office):
    member = dr_karimi.association_member
    member.role = AssociationRole.READER
    member.save()

    text = karimi_works.get(PAGE).content.decode()

    assert office.address in text
    assert "<textarea" not in text
    assert 'name="manager"' not in text


def test_an_office_is_added(karimi_works, typed):
    answer = karimi_works.post(ADD, typed | {"code": "۲۰۰۱"})

    assert answer.url == reverse("association:office", args=["2001"])
    assert Office.objects.get(code="2001").name == "سرو"


def test_a_code_that_another_office_has_is_told_beside_the_field(karimi_works, typed):
    answer = karimi_works.post(ADD, typed | {"code": "1021"})

    assert answer.status_code == 422
    assert "دفتری با این کد هست" in answer.context["form"].errors["code"][0]


def test_a_service_that_is_no_more_is_told(karimi_works, typed):
    answer = karimi_works.post(ADD, typed | {"code": "2001", "services": ["filing"]})

    assert answer.status_code == 422
