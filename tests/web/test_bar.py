import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from nobat.web.bar import draw_bar


@pytest.fixture
def asked_by():
    def asked(person):
        request = RequestFactory().get("/")
        request.user = person
        return request

    return asked


def token_in(bar):
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', bar)
    return token


@pytest.mark.django_db
def test_everybody_sees_the_own_name_and_has_a_token_of_their_own(asked_by, sara, reza):
    of_sara, of_reza = (draw_bar(asked_by(each), "find") for each in (sara, reza))

    assert ("سارا" in of_sara, "رضا" in of_sara) == (True, False)
    assert ("سارا" in of_reza, "رضا" in of_reza) == (False, True)
    assert token_in(of_sara) != token_in(of_reza)


@pytest.mark.django_db
def test_a_name_is_never_html(asked_by, sara):
    sara.first_name = "<b>"

    assert "&lt;b&gt;" in draw_bar(asked_by(sara), "")


def test_a_stranger_gets_no_token(asked_by):
    request = asked_by(AnonymousUser())

    assert "csrfmiddlewaretoken" not in draw_bar(request, "find")
    assert "CSRF_COOKIE" not in request.META


def test_the_part_of_the_site_is_marked(asked_by):
    request = asked_by(AnonymousUser())

    for here, address in (("find", "/"), ("mine", "/my/appointments/"), ("help", "/help/")):
        marked = re.findall(r'href="([^"]+)" aria-current="page"', draw_bar(request, here))
        assert marked == [address]
    assert "aria-current" not in draw_bar(request, "")


def test_who_was_refused_before_anybody_asked_who_it_is_is_a_stranger():
    assert "ثبت نام کاربران" in draw_bar(RequestFactory().get("/"), "")


def test_without_a_request_nobody_is_offered_to_sign_in():
    assert "/sign-in/" not in draw_bar(None, "")
