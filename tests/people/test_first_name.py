from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.people.first_name import first_name_asked_along
from nobat.people.models import Session
from nobat.people.passwords import set_password
from nobat.people.sessions import end_session, handle_of
from tests.people.test_sessions import begin_session, begin_staff_session

pytestmark = pytest.mark.django_db


def name_in(session):
    return first_name_asked_along(session.session_key, timezone.now()).answer()


def test_it_is_that_of_whoever_is_signed_in_with_this_session(
    sara, reza, django_assert_num_queries
):
    hers, his = begin_session(sara), begin_session(reza)

    with django_assert_num_queries(2):
        assert (name_in(hers), name_in(his)) == (sara.first_name, reza.first_name)


def test_an_empty_name_is_a_name(sara):
    sara.first_name = ""
    sara.save()

    assert name_in(begin_session(sara)) == ""


def test_nobody_has_none(sara):
    hers = begin_session(sara)
    end_session(person=sara, handle=handle_of(hers.session_key))

    assert name_in(hers) is None
    assert first_name_asked_along("x" * 32, timezone.now()).answer() is None


def test_another_password_ends_it(sara):
    hers = begin_session(sara)
    set_password(sara, "something else 44")
    sara.save()

    assert name_in(hers) is None


def test_another_secret_key_ends_it(sara, monkeypatch):
    hers = begin_session(sara)
    monkeypatch.setattr("nobat.people.first_name.mark_of_the_secret_key", lambda: "another")

    assert name_in(hers) is None


def test_after_thirty_days_there_is_none(sara, clock):
    hers = begin_session(sara)
    clock.shift(timedelta(days=30))
    Session.objects.update(seen_at=timezone.now())

    assert name_in(hers) is None


@pytest.mark.parametrize(
    ("begin", "every"),
    [(begin_session, timedelta(hours=1)), (begin_staff_session, timedelta(minutes=1))],
)
def test_there_is_none_where_the_session_has_to_be_noted_as_seen(sara, clock, begin, every):
    hers = begin(sara)
    clock.shift(every - timedelta(seconds=1))
    assert name_in(hers) == sara.first_name
    clock.shift(timedelta(seconds=1))

    assert name_in(hers) is None


def test_staff_who_were_idle_have_none(maryam, clock):
    hers = begin_staff_session(maryam)
    clock.shift(timedelta(minutes=15))

    assert name_in(hers) is None
