from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.utils import timezone

from nobat.database.base import DatabaseWrapper
from nobat.people.models import Session
from nobat.people.passwords import set_password
from nobat.people.sessions import (
    SECOND_FACTOR_AT,
    SessionStore,
    end_other_sessions,
    end_session,
    end_staff_sessions,
    handle_of,
    sessions_of,
)

pytestmark = pytest.mark.django_db


def begin_session(person, user_agent="") -> SessionStore:
    store = SessionStore()
    store.user_agent = user_agent
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return store


def begin_staff_session(person) -> SessionStore:
    store = begin_session(person)
    store[SECOND_FACTOR_AT] = timezone.now().isoformat()
    store.save()
    return store


def whose(store):
    return SessionStore(store.session_key).person


def use(store) -> bool:
    """A page is opened; whether it was a page of staff."""
    again = SessionStore(store.session_key)
    is_of_staff = again.is_of_staff()
    again.note_seen(timezone.now())
    return is_of_staff


def test_a_session_belongs_to_a_person_on_a_device(sara):
    store = begin_session(sara, "Firefox Android")

    row = Session.objects.get()
    assert (row.person, row.device) == (sara, "فایرفاکس، اندروید")
    assert whose(store) == sara


@pytest.mark.parametrize("key", ["", "nothing", "a\0bcdefghijklmnop", "💥", "x" * 5000])
def test_a_key_that_nobody_was_given_belongs_to_nobody(key):
    assert SessionStore(key).person is None


def test_session_and_person_are_read_in_one_statement(sara, django_assert_num_queries):
    store = begin_session(sara)

    with django_assert_num_queries(1):
        assert whose(store).full_name == sara.full_name


def test_a_session_ends_after_thirty_days_however_much_it_is_used(sara, clock):
    store = begin_session(sara)
    for _ in range(29):
        clock.shift(timedelta(days=1))
        again = SessionStore(store.session_key)
        assert again.person == sara
        again["anything"] = 1
        again.save()
    clock.shift(timedelta(days=1))

    assert whose(store) is None


def test_before_signing_in_a_session_is_kept_for_an_hour(clock):
    store = SessionStore()
    store["awaits_sign_up"] = {"mobile": "+989129999999"}
    store.create()
    clock.shift(timedelta(hours=1))

    assert "awaits_sign_up" not in SessionStore(store.session_key)


def test_signing_in_brings_a_new_key(sara):
    store = SessionStore()
    store["awaits_sign_in"] = {"mobile": sara.mobile}
    store.create()
    before = store.session_key
    store.cycle_key()

    assert store.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_the_device_was_seen_at_most_once_an_hour(sara, clock, django_assert_num_queries):
    store = begin_session(sara)
    clock.shift(timedelta(minutes=59))
    soon = SessionStore(store.session_key)
    assert soon.person
    with django_assert_num_queries(0):
        soon.note_seen(timezone.now())
    clock.shift(timedelta(minutes=1))
    with django_assert_num_queries(1):
        soon.note_seen(timezone.now())

    assert Session.objects.get().seen_at == timezone.now()


def test_a_session_begun_with_the_old_password_is_over(sara):
    store = begin_session(sara)
    set_password(sara, "Kaj-Derakht-52")
    sara.save()

    assert whose(store) is None


def test_a_person_sees_own_live_sessions_the_last_used_first(sara, reza, clock):
    first = begin_session(sara)
    begin_session(reza)
    clock.shift(timedelta(days=20))
    second = begin_session(sara)

    keys = [session.session_key for session in sessions_of(sara)]
    assert keys == [second.session_key, first.session_key]
    clock.shift(timedelta(days=10))
    assert len(sessions_of(sara)) == 1


def test_a_person_ends_one_session(sara):
    here, there = begin_session(sara), begin_session(sara)

    assert end_session(person=sara, handle=handle_of(there.session_key))
    assert whose(there) is None
    assert whose(here) == sara


def test_nobody_ends_anothers_session(sara, reza):
    hers = begin_session(sara)

    assert not end_session(person=reza, handle=handle_of(hers.session_key))
    assert whose(hers) == sara


def test_all_others_end_and_this_one_stays(sara, reza):
    here, other = begin_session(sara), begin_session(reza)
    begin_session(sara)
    begin_session(sara)

    assert end_other_sessions(person=sara, this_session=here.session_key) == 2
    assert whose(here) == sara
    assert whose(other) == reza


def test_the_name_of_a_session_on_a_page_is_not_its_key(sara):
    store = begin_session(sara)

    assert store.session_key not in handle_of(store.session_key)
    assert handle_of(store.session_key) not in store.session_key


def test_only_a_session_with_a_second_factor_is_of_staff(maryam):
    assert not use(begin_session(maryam))
    assert use(begin_staff_session(maryam))


def test_staff_are_signed_out_after_a_quarter_of_an_hour_without_use(maryam, clock):
    store = begin_staff_session(maryam)
    clock.shift(timedelta(minutes=15, seconds=-1))
    assert use(store)
    clock.shift(timedelta(minutes=15))

    assert not use(store)
    assert whose(store) is None


def test_a_staff_session_in_use_ends_after_twelve_hours(maryam, clock):
    store = begin_staff_session(maryam)
    for _ in range(12 * 6 - 1):
        clock.shift(timedelta(minutes=10))
        assert use(store)
    clock.shift(timedelta(minutes=10))

    assert whose(store) is None


def test_a_new_key_brings_staff_no_other_twelve_hours(maryam, clock):
    store = begin_staff_session(maryam)
    for _ in range(12 * 6 - 1):
        clock.shift(timedelta(minutes=10))
        assert use(store)
    again = SessionStore(store.session_key)
    assert again.person == maryam
    again.cycle_key()  # as another password brings it
    again.save()
    assert use(again)
    clock.shift(timedelta(minutes=10))

    assert whose(again) is None


def test_citizens_do_not_end_by_being_idle(maryam, clock):
    store = begin_session(maryam)
    clock.shift(timedelta(days=29))

    assert whose(store) == maryam


def test_a_staff_device_is_seen_once_a_minute(maryam, clock, django_assert_num_queries):
    store = begin_staff_session(maryam)
    clock.shift(timedelta(seconds=59))
    soon = SessionStore(store.session_key)
    assert soon.person
    with django_assert_num_queries(0):
        soon.note_seen(timezone.now())
    clock.shift(timedelta(seconds=1))
    with django_assert_num_queries(1):
        soon.note_seen(timezone.now())


def test_a_person_sees_the_own_staff_session_while_it_lasts(maryam, clock):
    at_home, at_work = begin_session(maryam), begin_staff_session(maryam)

    keys = {session.session_key for session in sessions_of(maryam)}
    assert keys == {at_home.session_key, at_work.session_key}
    clock.shift(timedelta(minutes=15))
    assert [session.session_key for session in sessions_of(maryam)] == [at_home.session_key]


def test_who_loses_a_role_loses_the_staff_sessions_and_no_others(maryam, bahram):
    at_home, at_work = begin_session(maryam), begin_staff_session(maryam)
    of_another = begin_staff_session(bahram)

    assert end_staff_sessions(maryam) == 1
    assert whose(at_work) is None
    assert whose(at_home) == maryam
    assert whose(of_another) == bahram


def test_a_session_that_was_ended_is_not_written_back_by_a_page_still_open(maryam):
    store = begin_staff_session(maryam)
    open_page = SessionStore(store.session_key)
    assert open_page.person == maryam
    end_staff_sessions(maryam)

    open_page["anything"] = 1
    with pytest.raises(UpdateError):
        open_page.save()
    assert whose(store) is None


class TestWhileNothingCanBeWritten:
    """Nobody can be noted as seen, and nobody is signed out for it."""

    @pytest.fixture
    def nothing_is_written(self, monkeypatch):
        is_so = []
        told = property(lambda _: bool(is_so))
        monkeypatch.setattr(DatabaseWrapper, "is_for_reading_only", told)
        return is_so

    @pytest.fixture
    def hers(self, maryam, clock, nothing_is_written):
        """Maryam was seen ten minutes ago when it began."""
        store = begin_staff_session(maryam)
        clock.shift(timedelta(minutes=10))
        nothing_is_written.append(1)
        return store

    def work(self, store, clock, minutes):
        """A page each five minutes; whether it was one of staff each time."""
        return all(use(store) for _ in range(0, minutes, 5) if clock.shift(300) is None)

    def test_staff_stay_signed_in(self, hers, clock):
        assert use(hers)
        assert self.work(hers, clock, 60)
        assert Session.objects.get().seen_at == timezone.now() - timedelta(minutes=70)

    def test_and_after_it_too_if_they_go_on(self, hers, clock, nothing_is_written):
        assert use(hers)
        assert self.work(hers, clock, 60)
        nothing_is_written.clear()
        clock.shift(timedelta(minutes=4))
        assert use(hers)
        assert Session.objects.get().seen_at == timezone.now()
        clock.shift(timedelta(minutes=15))
        assert not use(hers)

    def test_idle_before_and_idle_after_count_together(self, hers, clock, nothing_is_written):
        assert use(hers)
        assert self.work(hers, clock, 60)
        nothing_is_written.clear()
        clock.shift(timedelta(minutes=5))  # ten and five
        assert not use(hers)

    def test_who_was_idle_before_it_began_does_not_come_back(self, hers, clock):
        clock.shift(timedelta(minutes=5))
        assert not use(hers)

    def test_the_twelve_hours_go_on(self, hers, clock):
        assert use(hers)
        assert self.work(hers, clock, 12 * 60 - 15)
        clock.shift(timedelta(minutes=5))
        assert not use(hers)
