from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from nobat.people.models import Session
from nobat.people.sessions import SessionStore
from nobat.web.signed_in import (
    SignedInMiddleware,
    session_of,
    sign_in_staff_on_this_device,
)

pytestmark = pytest.mark.django_db


def ask(rf, session_key=None, look=True):
    """A request as the middleware leaves it to a page."""
    request = rf.get("/", headers={"user-agent": "Firefox Android"})
    request.session = SessionStore(session_key)

    def page(request):
        if look:
            str(request.user)
        return HttpResponse()

    SignedInMiddleware(page)(request)
    return request


@pytest.fixture
def key(sara):
    client = Client()
    client.force_login(sara)
    return client.cookies["session"].value


def test_the_person_of_the_session_is_read_in_one_statement(
    rf, sara, key, django_assert_num_queries
):
    with django_assert_num_queries(1):
        request = ask(rf, key)
        assert request.user.full_name == sara.full_name


def test_a_page_that_does_not_ask_reads_nothing(rf, key, django_assert_num_queries):
    with django_assert_num_queries(0):
        ask(rf, key, look=False)


def test_a_visitor_without_a_session_reads_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not ask(rf).user.is_authenticated


def test_an_invented_session_is_nobodys(rf):
    assert not ask(rf, "invented-session-key").user.is_authenticated


def test_a_device_in_use_is_noted_once_an_hour(rf, key, clock):
    clock.shift(timedelta(minutes=59))
    ask(rf, key)
    assert Session.objects.get().seen_at < timezone.now()
    clock.shift(timedelta(minutes=1))
    ask(rf, key)
    assert Session.objects.get().seen_at == timezone.now()


def test_a_new_session_knows_its_device(rf):
    session = session_of(ask(rf))
    session["anything"] = 1
    session.save()

    assert Session.objects.get().device == "فایرفاکس، اندروید"


def test_staff_get_a_session_of_their_own_even_where_they_are_signed_in_as_citizens(
    rf, sara, key, clock
):
    clock.shift(timedelta(days=29))
    request = ask(rf, key)
    sign_in_staff_on_this_device(request, sara)
    request.session.save()

    session = Session.objects.get()
    assert session.pk != key
    assert session.started_at == session.second_factor_at == timezone.now()
    assert session_of(ask(rf, session.pk)).is_of_staff()
