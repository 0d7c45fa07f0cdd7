import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from nobat.people.sessions import SessionStore
from nobat.web.access import ManagersOnly, citizen_only, clerk_only, manager_only, staff_only
from tests.build import sign_in, sign_in_staff

HOUR = "/offices/1021/book/?slot=7&service=petition"
BACK = "/sign-in/?next=%2Foffices%2F1021%2Fbook%2F%3Fslot%3D7%26service%3Dpetition"


@citizen_only
def page(request):
    return HttpResponse("personal")


def asked(request, user):
    request.user = user
    return page(request)


@pytest.mark.django_db
def test_a_citizen_sees_the_page_and_no_cache_keeps_it(rf, sara):
    response = asked(rf.get(HOUR), sara)

    assert response.content == b"personal"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_signs_in_and_comes_back_to_the_same_choice(rf, method):
    response = asked(getattr(rf, method)(HOUR), AnonymousUser())

    assert response.status_code == 302
    assert response["Location"] == BACK


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(rf):
    response = asked(rf.get(HOUR, headers={"hx-request": "true"}), AnonymousUser())

    assert response["HX-Redirect"] == BACK


@staff_only
def staff_page(request):
    return HttpResponse(request.user.first_name)


@clerk_only
def clerks_page(request):
    return HttpResponse(f"{request.office.code} {request.membership.role}")


@manager_only
def managers_page(request):
    return HttpResponse(request.office.code)


def asked_by(rf, client, page, method="get", **headers):
    """The page's answer to whoever is signed in with this client."""
    request = getattr(rf, method)("/office/hours/?day=1", headers=headers)
    cookie = client.cookies.get("session")
    request.session = SessionStore(cookie and cookie.value)
    request.user = request.session.person or AnonymousUser()
    return page(request)


STAFF_SIGN_IN = "/office/sign-in/?next=%2Foffice%2Fhours%2F%3Fday%3D1"


@pytest.mark.django_db
@pytest.mark.parametrize("page", [staff_page, clerks_page, managers_page])
def test_without_the_second_factor_staff_sign_in_and_come_back(rf, client, bahram, page):
    assert asked_by(rf, client, page)["Location"] == STAFF_SIGN_IN
    assert asked_by(rf, sign_in(client, bahram), page)["Location"] == STAFF_SIGN_IN


@pytest.mark.django_db
def test_a_form_whose_session_ended_is_no_place_to_come_back_to(rf, client):
    assert asked_by(rf, client, clerks_page, "post")["Location"] == "/office/sign-in/"


@pytest.mark.django_db
def test_a_part_sends_the_whole_page_to_the_staffs_sign_in(rf, client):
    response = asked_by(rf, client, clerks_page, **{"hx-request": "true"})

    assert response["HX-Redirect"] == STAFF_SIGN_IN


@pytest.mark.django_db
def test_with_it_a_clerk_sees_the_own_office_and_no_cache_keeps_it(rf, client, maryam):
    response = asked_by(rf, sign_in_staff(client, maryam), clerks_page)

    assert response.content == b"1021 clerk"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_page_of_managers_is_not_a_clerks(rf, client, maryam, bahram):
    assert asked_by(rf, sign_in_staff(client, bahram), managers_page).content == b"1021"
    with pytest.raises(ManagersOnly):
        asked_by(rf, sign_in_staff(client, maryam), managers_page)


@pytest.mark.django_db
def test_staff_of_no_office_choose_one_and_see_what_needs_none(rf, client, sara):
    sign_in_staff(client, sara)

    assert asked_by(rf, client, clerks_page)["Location"].startswith("/office/choose/?next=")
    assert asked_by(rf, client, staff_page).status_code == 200
