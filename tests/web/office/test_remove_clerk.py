import pytest
from django.test import Client

from nobat.offices.models import Membership, Role
from tests.build import make_staff, sign_in_staff
from tests.web.office.entry import address_of, is_at_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def bahram_works(client, bahram) -> Client:
    return sign_in_staff(client, bahram)


def page_of(person) -> str:
    membership = Membership.objects.get(person=person)
    return address_of("remove_clerk", membership_id=membership.pk)


def test_the_page_says_what_follows_and_does_nothing_yet(bahram_works, maryam):
    text = bahram_works.get(page_of(maryam)).content.decode()

    assert "مریم حسینی از کارکنان برداشته شود؟" in text
    assert "همان لحظه از میز خارج می‌شود" in text
    assert Membership.objects.filter(person=maryam).exists()


def test_the_button_removes_and_the_clerk_is_out_at_once(bahram_works, maryam):
    hers = sign_in_staff(Client(), maryam)
    assert is_at_work(hers)
    response = bahram_works.post(page_of(maryam))

    assert response["Location"] == address_of("clerks")
    assert not is_at_work(hers)


def test_pressed_twice_the_second_finds_nobody(bahram_works, maryam):
    page = page_of(maryam)
    bahram_works.post(page)

    assert bahram_works.post(page).status_code == 404


def test_somebody_of_another_office_is_not_found(bahram_works, naser):
    assert bahram_works.get(page_of(naser)).status_code == 404
    assert bahram_works.post(page_of(naser)).status_code == 404
    assert Membership.objects.filter(person=naser).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_last_manager_hears_who_has_to_come_first(bahram_works, bahram, method):
    response = getattr(bahram_works, method)(page_of(bahram))

    assert response.status_code == 409
    assert "دفتر بی‌مدیر نمی‌ماند" in response.content.decode()
    assert "topbar--staff" in response.content.decode()
    assert is_at_work(bahram_works)


def test_one_of_two_managers_may_leave_and_is_signed_out(bahram_works, bahram, office):
    make_staff(office, "هما", "رها", mobile="+989120000011", role=Role.MANAGER)
    assert "خودتان از کارکنان برداشته شوید؟" in bahram_works.get(page_of(bahram)).content.decode()
    response = bahram_works.post(page_of(bahram))

    assert response["Location"] == address_of("sign_in")
    assert not is_at_work(bahram_works)


def test_a_clerk_removes_nobody(client, maryam, bahram):
    response = sign_in_staff(client, maryam).post(page_of(bahram))

    assert response.status_code == 403
    assert Membership.objects.filter(person=bahram).exists()
