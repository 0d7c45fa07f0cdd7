import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from nobat.web.access import citizen_only

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
