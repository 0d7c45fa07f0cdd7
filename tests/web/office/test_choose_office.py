import pytest
from django.utils import timezone

from nobat.offices.models import Membership, Role
from nobat.offices.staff import appoint
from tests.build import make_office, sign_in_staff
from tests.web.office.entry import ASKED_FOR, address_of

pytestmark = pytest.mark.django_db
PAGE = "/office/choose/"


@pytest.fixture
def of_two(maryam, petition):
    second = make_office("1033", services=[petition], name="صنوبر")
    Membership.objects.create(person=maryam, office=second, role=Role.MANAGER, since=timezone.now())
    return maryam


def test_who_has_one_office_goes_straight_on(client, maryam):
    sign_in_staff(client, maryam)

    assert client.get(PAGE)["Location"] == address_of("desk")
    assert client.get(PAGE, {"next": ASKED_FOR})["Location"] == ASKED_FOR


def test_who_has_two_chooses_and_sees_the_roles(client, of_two):
    page = sign_in_staff(client, of_two).get(PAGE).content.decode()

    assert 'value="1021"' in page
    assert 'value="1033"' in page
    assert "مدیر دفتر" in page


def test_without_a_choice_every_page_leads_here(client, of_two):
    response = sign_in_staff(client, of_two).get(ASKED_FOR)

    assert response["Location"] == f"{PAGE}?next=%2Foffice%2Fclerks%2F"


def test_the_choice_holds_and_can_be_changed(client, of_two):
    sign_in_staff(client, of_two)
    assert client.post(PAGE, {"office": "1033"})["Location"] == address_of("desk")
    assert client.get(ASKED_FOR).status_code == 200  # manager there
    client.post(PAGE, {"office": "1021"})
    assert client.get(ASKED_FOR).status_code == 403  # clerk here


@pytest.mark.parametrize("code", ["1022", "9999", "\0"])
def test_anothers_office_is_not_found(client, of_two, naser, code):
    assert sign_in_staff(client, of_two).post(PAGE, {"office": code}).status_code == 404


def test_who_lost_the_chosen_office_chooses_again(client, of_two):
    sign_in_staff(client, of_two).post(PAGE, {"office": "1033"})
    Membership.objects.filter(office__code="1033").delete()

    assert client.get("/office/")["Location"].startswith(PAGE)
    assert client.get(PAGE)["Location"] == address_of("desk")


def test_who_has_none_hears_what_to_do(client, sara):
    page = sign_in_staff(client, sara).get(PAGE).content.decode()

    assert "این حساب کارمند هیچ دفتری نیست" in page
    assert "از مدیر دفتر بخواهید" in page
    assert address_of("sign_out") in page


def test_those_of_the_association_come_to_their_own_pages(client, dr_karimi):
    response = sign_in_staff(client, dr_karimi).get(PAGE)

    assert response.url == "/association/"


def test_who_is_of_both_chooses(client, office, dr_karimi):
    appoint(person=dr_karimi, office=office, role=Role.CLERK, by=None)
    staff = sign_in_staff(client, dr_karimi)

    page = staff.get(PAGE).content.decode()
    asked_for = staff.get(PAGE, {"next": "/association/"})

    assert office.title in page
    assert 'href="/association/"' in page
    assert asked_for.url == "/association/"


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/my/appointments/", "/office/../my/"]
)
def test_the_way_on_is_an_offices_page_or_the_desk(client, maryam, back):
    response = sign_in_staff(client, maryam).get(PAGE, {"next": back})

    assert response["Location"] == address_of("desk")
