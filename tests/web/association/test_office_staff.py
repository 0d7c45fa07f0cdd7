import pytest
from django.urls import reverse

from nobat.offices.models import Membership
from nobat.people.throttle import STAFF_APPOINTED_PER_HOUR
from tests.build import confirm_second_factor, national_code_for, sign_in_staff
from tests.web.association.decisions import code_of, officer, reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(office):
    return reverse("association:office_staff", args=[office.code])


def typed(person, **changes):
    numbers = {"mobile": person.mobile, "national_code": national_code_for(person.mobile)}
    return numbers | {"role": "manager"} | changes


def role_of(person):
    member = Membership.objects.filter(person=person).first()
    return member and member.role


def test_the_page_lists_who_works_at_the_office(karimi_works, address, maryam, bahram, naser):
    confirm_second_factor(maryam)
    text = karimi_works.get(address).content.decode()

    assert "مریم حسینی" in text
    assert "بهرام کیانی" in text
    assert "ناصر بیات" not in text
    assert text.count("هنوز یک بار هم") == 1


def test_an_office_without_anybody_says_what_is_missing(karimi_works, address):
    assert "تا مدیری گماشته نشود" in karimi_works.get(address).content.decode()


def test_first_the_name_is_shown_and_nobody_has_a_role_yet(karimi_works, address, sara):
    response = karimi_works.post(address, typed(sara))

    assert "سارا محمدی، مدیر دفتر نارنجستان؟" in response.content.decode()
    assert role_of(sara) is None


def test_then_the_code_of_the_app_gives_the_role(karimi_works, address, sara, dr_karimi):
    form = typed(sara, sure="1", code=code_of(dr_karimi))
    response = karimi_works.post(address, form, follow=True)

    assert "سارا محمدی از این پس مدیر دفتر نارنجستان است" in response.content.decode()
    assert role_of(sara) == "manager"


def test_a_wrong_code_gives_none_and_loses_nothing(karimi_works, address, sara):
    response = karimi_works.post(address, typed(sara, sure="1", code="000000"))

    assert response.status_code == 422
    assert f'value="{sara.mobile}"' in response.content.decode()
    assert role_of(sara) is None


@pytest.mark.parametrize(
    ("changes", "status"), [({"mobile": "09129999999"}, 422), ({"mobile": "12"}, 422)]
)
def test_a_wrong_number_is_said_before_the_code_is_asked_for(
    karimi_works, address, sara, changes, status
):
    response = karimi_works.post(address, typed(sara, **changes))

    assert response.status_code == status
    assert "دیدن نام و ادامه" in response.content.decode()


def test_who_works_here_already_is_not_appointed(karimi_works, address, maryam, dr_karimi):
    assert karimi_works.post(address, typed(maryam)).status_code == 409
    form = typed(maryam, sure="1", code=code_of(dr_karimi))
    assert karimi_works.post(address, form).status_code == 409
    assert role_of(maryam) == "clerk"


def test_who_asks_very_often_is_stopped(karimi_works, address, sara):
    for _ in range(STAFF_APPOINTED_PER_HOUR.most):
        karimi_works.post(address, typed(sara, mobile="09129999999"))
    assert karimi_works.post(address, typed(sara)).status_code == 429


def test_an_officer_appoints_in_the_own_province_alone(client, address, sara):
    member = officer("23").association_member
    sign_in_staff(client, member.person)
    assert client.get(address).status_code == 404
    assert client.post(address, typed(sara)).status_code == 404
    member.province_id = "07"
    member.save()
    client.post(address, typed(sara, sure="1", code=code_of(member.person)))
    assert role_of(sara) == "manager"


def test_who_only_reads_has_no_form(client, address, maryam):
    text = sign_in_staff(client, reader()).get(address).content.decode()

    assert "مریم حسینی" in text
    assert "برداشتن" not in text
    assert 'name="mobile"' not in text
