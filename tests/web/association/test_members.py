import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nobat.offices.models import AssociationMember, AssociationRole
from nobat.people.models import Session
from tests.build import make_person, national_code_for, sign_in_staff
from tests.web.association.decisions import code_of, officer, reader

pytestmark = pytest.mark.django_db
PAGE = reverse("association:members")


@pytest.fixture
def parvin():
    """Another one for the whole country."""
    person = make_person("پروین", "نیک‌پی", mobile="+989120000021")
    return AssociationMember.objects.create(person=person, since=timezone.now())


def add(client, person, by, **changes):
    typed = {
        "mobile": person.mobile,
        "national_code": national_code_for(person.mobile),
        "role": "reader",
        "code": code_of(by),
    }
    return client.post(PAGE, typed | changes)


def role_of(person):
    member = AssociationMember.objects.filter(person=person).first()
    return member and (member.role, member.province_id)


def test_the_page_lists_who_works_here_with_their_roles(karimi_works, parvin):
    officer("23")
    text = karimi_works.get(PAGE).content.decode()

    assert "سه نفر" in text
    assert "کارشناس استان، تهران" in text
    assert parvin.person.mobile[-9:] not in text


@pytest.mark.parametrize(
    ("role", "province", "kept"), [("province", "23", "23"), ("reader", "23", None)]
)
def test_somebody_is_added_with_a_role(karimi_works, dr_karimi, sara, role, province, kept):
    response = add(karimi_works, sara, dr_karimi, role=role, province=province)

    assert response["Location"] == PAGE
    assert role_of(sara) == (role, kept)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": "000000"}, "code"),
        ({"code": ""}, "code"),
        ({"role": "province"}, "province"),
        ({"role": "king"}, "role"),
        ({"mobile": "12"}, "mobile"),
        ({"national_code": "123"}, "national_code"),
    ],
)
def test_each_mistake_stands_at_its_field_and_adds_nobody(
    karimi_works, dr_karimi, sara, typed, field
):
    response = add(karimi_works, sara, dr_karimi, **typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert role_of(sara) is None


def test_numbers_that_do_not_belong_together_are_refused(karimi_works, dr_karimi, sara, reza):
    response = add(karimi_works, sara, dr_karimi, national_code=national_code_for(reza.mobile))

    assert response.status_code == 422
    assert "حسابی با این دو شماره پیدا نشد" in response.content.decode()


def test_a_role_is_changed(karimi_works, dr_karimi, parvin):
    address = reverse("association:member_role", args=[parvin.pk])
    assert "اکنون: کارشناس کشور" in karimi_works.get(address).content.decode()
    karimi_works.post(address, {"role": "province", "province": "07", "code": code_of(dr_karimi)})

    assert role_of(parvin.person) == (AssociationRole.PROVINCE, "07")


def test_a_role_is_not_changed_without_the_code(karimi_works, parvin):
    address = reverse("association:member_role", args=[parvin.pk])
    response = karimi_works.post(address, {"role": "reader", "code": "000000"})

    assert response.status_code == 422
    assert role_of(parvin.person) == (AssociationRole.NATIONAL, None)


def test_the_last_one_of_the_country_keeps_the_role(karimi_works, dr_karimi):
    address = reverse("association:member_role", args=[dr_karimi.association_member.pk])
    response = karimi_works.post(address, {"role": "reader", "code": code_of(dr_karimi)})

    assert response.status_code == 409
    assert "تنها کارشناس کشور" in response.content.decode()


def test_somebody_is_removed_after_a_page_that_says_what_follows(karimi_works, dr_karimi, parvin):
    theirs = sign_in_staff(Client(), parvin.person)
    address = reverse("association:remove_member", args=[parvin.pk])
    assert "همان لحظه خارج می‌شود" in karimi_works.get(address).content.decode()
    karimi_works.post(address, {"code": code_of(dr_karimi)})

    assert role_of(parvin.person) is None
    assert theirs.get(PAGE).status_code == 302


def test_nobody_is_removed_without_the_code(karimi_works, parvin):
    address = reverse("association:remove_member", args=[parvin.pk])
    assert karimi_works.post(address, {"code": "000000"}).status_code == 422
    assert role_of(parvin.person)


def test_the_last_one_of_the_country_is_not_removed(karimi_works, dr_karimi):
    address = reverse("association:remove_member", args=[dr_karimi.association_member.pk])

    assert "اول کارشناس دیگری بیفزایید" in karimi_works.get(address).content.decode()
    assert karimi_works.post(address, {"code": code_of(dr_karimi)}).status_code == 409
    assert role_of(dr_karimi)


def test_who_removes_oneself_is_signed_out(karimi_works, dr_karimi, parvin):
    address = reverse("association:remove_member", args=[dr_karimi.association_member.pk])
    response = karimi_works.post(address, {"code": code_of(dr_karimi)})

    assert response["Location"] == reverse("office:sign_in")
    assert not Session.objects.filter(person=dr_karimi).exists()


def test_an_officer_of_a_province_and_a_reader_change_nobody(client, parvin, sara):
    for person in (officer("07"), reader()):
        sign_in_staff(client, person)
        assert add(client, sara, person).status_code == 403
    assert role_of(sara) is None
    assert "<form method" not in client.get(PAGE).content.decode().split("<main")[1]
