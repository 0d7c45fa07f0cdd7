import time
from collections import Counter
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from nobat.people import seal_anew as by_steps
from nobat.people.erase import erase_person, forget_numbers_of_erased
from nobat.people.models import Person, SecondFactor
from nobat.people.seal_anew import DOES_NOT_OPEN, seal_anew, values_by_key
from nobat.people.sealed_columns import sealed_columns
from nobat.people.second_factor import secret_in
from nobat.people.sign_up import IDENTITY
from nobat.shared.sealed import key_of, seal, unseal
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.outbox import queue_sms, values_of
from tests.build import SECOND_FACTOR, confirm_second_factor, make_person, national_code_for

pytestmark = pytest.mark.django_db
FRESH = "2:" + "QkJC" * 10 + "QkI="


def one_of_each(stays, leaves):
    """Somebody who works here, somebody who has left, and a code on its way."""
    confirm_second_factor(stays)
    erase_person(person=leaves, at=timezone.now(), identity_held_until=None)
    queue_sms(
        kind=Kind.CODE,
        to=stays.mobile,
        about="",
        occasion="code",
        params={"purpose": "sign_in"},
        secret={"code": "482139"},
        not_after=timezone.now() + timedelta(minutes=2),
    )


@pytest.fixture
def renewed(settings):
    """A fresh key comes in front, as soon as the test wants it to."""

    def renew():
        settings.DATA_KEYS = [FRESH, *settings.DATA_KEYS]

    return renew


def seal_all_anew():
    return sum(step.sealed for column in sealed_columns() for step in seal_anew(column))


def counted():
    return sum((values_by_key(column) for column in sealed_columns()), Counter())


def people():
    return next(each for each in sealed_columns() if each.field == "identity_sealed")


def test_all_that_lies_sealed_opens_without_the_old_key_afterwards(sara, reza, renewed, settings):
    one_of_each(sara, reza)
    renewed()
    assert counted() == {"1": 4}

    assert seal_all_anew() == 4
    settings.DATA_KEYS = [FRESH]

    assert counted() == {"2": 4}
    sara.refresh_from_db()
    assert unseal(sara.identity_sealed, IDENTITY) == national_code_for(sara.mobile)
    assert secret_in(SecondFactor.objects.get().secret_sealed) == SECOND_FACTOR
    assert values_of(OutgoingSms.objects.get())["code"] == "482139"
    assert forget_numbers_of_erased() == 0  # opens who has left, and finds no message


def test_without_it_nothing_opens(sara, renewed, settings):
    renewed()
    settings.DATA_KEYS = [FRESH]
    assert counted() == {DOES_NOT_OPEN: 1}
    assert seal_all_anew() == 0  # and what does not open is not touched


def test_nothing_but_the_sealed_value_changes(sara, renewed):
    before = Person.objects.values().get()
    renewed()
    seal_all_anew()

    after = Person.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"identity_sealed"}


def test_the_second_time_nothing_is_left_to_do(sara, reza, renewed):
    renewed()
    assert seal_all_anew() == 2
    assert seal_all_anew() == 0


def test_each_transaction_holds_a_few_rows(renewed, monkeypatch, django_assert_num_queries):
    for number in range(5):
        make_person(mobile=f"+98912000010{number}")
    renewed()
    monkeypatch.setattr(by_steps, "READ_AT_ONCE", 3)
    monkeypatch.setattr(by_steps, "SEALED_AT_ONCE", 2)

    # Three pages, the last of them empty; and each time savepoint, lock, write and release.
    with django_assert_num_queries(3 + 3 * 4):
        steps = list(seal_anew(people()))
    assert [(step.seen, step.sealed) for step in steps] == [(3, 3), (2, 2)]


def test_a_run_that_broke_off_goes_on_where_it_was(renewed, monkeypatch):
    for number in range(5):
        make_person(mobile=f"+98912000010{number}")
    renewed()
    monkeypatch.setattr(by_steps, "READ_AT_ONCE", 2)
    next(seal_anew(people()))

    assert counted() == {"2": 2, "1": 3}
    assert seal_all_anew() == 3


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_writing_is_waited_for_at_the_end_and_not_lost(sara, reza, renewed):
    """Reza's row is held by somebody who gives it another number as soon as we wait for it."""
    renewed()
    is_held = Event()

    def write():
        with transaction.atomic():
            row = Person.objects.select_for_update().get(pk=reza.pk)
            is_held.set()
            until = time.monotonic() + 20
            while not somebody_waits() and time.monotonic() < until:
                time.sleep(0.01)
            Person.objects.filter(pk=row.pk).update(
                identity_sealed=seal("0012345679", IDENTITY), first_name="رضوان"
            )
        connection.close()

    writer = Thread(target=write)
    writer.start()
    assert is_held.wait(20)
    steps = seal_anew(people())
    assert next(steps).sealed == 1  # Sara's, without waiting for the other
    assert sum(step.sealed for step in steps) == 1
    writer.join()

    reza.refresh_from_db()
    assert (unseal(reza.identity_sealed, IDENTITY), reza.first_name) == ("0012345679", "رضوان")
    assert key_of(reza.identity_sealed) == "2"
