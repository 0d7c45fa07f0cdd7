import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nobat.offices.models import AssociationMember, Membership
from nobat.people.second_factor import is_set_up
from tests.build import confirm_second_factor, sign_in_staff
from tests.web.association.decisions import code_of, officer

pytestmark = pytest.mark.django_db


def address(act, person):
    membership = Membership.objects.get(person=person)
    return reverse(f"association:{act}", args=[membership.office.code, membership.pk])


def test_somebody_is_removed_after_a_page_that_says_what_follows(karimi_works, maryam, dr_karimi):
    hers = sign_in_staff(Client(), maryam)
    page = address("remove_office_staff", maryam)
    text = karimi_works.get(page).content.decode()
    assert "همان لحظه از میز خارج می‌شود" in text
    assert "تنها مدیر" not in text
    karimi_works.post(page, {"code": code_of(dr_karimi)})

    assert not Membership.objects.filter(person=maryam).exists()
    assert hers.get("/office/").status_code == 302


def test_even_the_last_manager_after_a_warning(karimi_works, bahram, dr_karimi):
    page = address("remove_office_staff", bahram)
    assert "این تنها مدیر دفتر است" in karimi_works.get(page).content.decode()
    karimi_works.post(page, {"code": code_of(dr_karimi)})

    assert not Membership.objects.exists()


def test_a_second_factor_is_taken_away(karimi_works, maryam, dr_karimi):
    confirm_second_factor(maryam)
    page = address("reset_office_staff", maryam)
    assert "از کار می‌افتد" in karimi_works.get(page).content.decode()
    karimi_works.post(page, {"code": code_of(dr_karimi)})

    assert not is_set_up(maryam.pk)


@pytest.mark.parametrize("act", ["remove_office_staff", "reset_office_staff"])
def test_without_the_code_nothing_happens(karimi_works, maryam, act):
    confirm_second_factor(maryam)
    response = karimi_works.post(address(act, maryam), {"code": "000000"})

    assert response.status_code == 422
    assert Membership.objects.filter(person=maryam).exists()
    assert is_set_up(maryam.pk)


def test_what_cannot_be_reset_is_said(karimi_works, maryam, dr_karimi):
    confirm_second_factor(maryam)
    AssociationMember.objects.create(person=maryam, since=timezone.now())
    page = address("reset_office_staff", maryam)
    response = karimi_works.post(page, {"code": code_of(dr_karimi)}, follow=True)

    assert "این شخص از کانون هم هست" in response.content.decode()
    assert is_set_up(maryam.pk)


@pytest.mark.parametrize("act", ["remove_office_staff", "reset_office_staff"])
def test_one_of_another_province_does_not_find_them(client, maryam, act):
    person = officer("23")
    sign_in_staff(client, person)
    response = client.post(address(act, maryam), {"code": code_of(person)})

    assert response.status_code == 404
    assert Membership.objects.filter(person=maryam).exists()


def test_a_membership_of_another_office_is_not_found(karimi_works, maryam, naser):
    elsewhere = naser.memberships.get()
    wrong = reverse("association:remove_office_staff", args=["1021", elsewhere.pk])

    assert karimi_works.get(wrong).status_code == 404
