from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.models import IncomingSms, Kind, OutgoingSms, State
from nobat.sms.outbox import queue_sms
from nobat.sms.put_pseudonyms import Left, Put, put_pseudonyms

pytestmark = pytest.mark.django_db
MOBILE, OTHER = "+989120000001", "+989120000002"


def queue(occasion, *, to=MOBILE, state=State.SENT, kind=Kind.ACCOUNT_MADE):
    queue_sms(
        kind=kind,
        to=to,
        about="people.Person:7",
        occasion=occasion,
        params={"username": "09120000001"},
        not_after=timezone.now() + timedelta(hours=1),
    )
    OutgoingSms.objects.filter(occasion=occasion).update(state=state)


def came(number, *, answered_at, sender=MOBILE):
    now = timezone.now()
    IncomingSms.objects.create(
        provider="demo",
        provider_id=str(number),
        sender=sender,
        text="وضعیت",
        received_at=now,
        answered_at=answered_at,
    )


def put(at=None):
    return put_pseudonyms([Left(MOBILE, "erased:7", at or timezone.now())])


def test_messages_of_both_ways_lead_to_the_number_no_more():
    queue("made")
    queue("other", to=OTHER)
    came(1, answered_at=timezone.now())
    came(2, answered_at=timezone.now(), sender=OTHER)

    assert put() == Put(2, set())
    assert set(OutgoingSms.objects.values_list("to", flat=True)) == {"erased:7", OTHER}
    assert OutgoingSms.objects.get(occasion="made").params == {}
    assert OutgoingSms.objects.get(occasion="other").params
    assert set(IncomingSms.objects.values_list("sender", flat=True)) == {"erased:7", OTHER}


def test_what_waits_keeps_its_number_and_is_told_of():
    queue("waits", state=State.WAITING)
    came(1, answered_at=None)

    assert put() == Put(0, {MOBILE})
    assert OutgoingSms.objects.get().to == IncomingSms.objects.get().sender == MOBILE


def test_what_came_after_is_of_somebody_else(clock):
    at = timezone.now()
    clock.shift(timedelta(seconds=1))
    queue("later")

    assert put(at) == Put(0, set())


def test_for_nobody_nothing_is_read(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert put_pseudonyms([]) == Put(0, set())


def test_many_are_changed_in_steps(monkeypatch):
    monkeypatch.setattr("nobat.sms.put_pseudonyms.AT_ONCE", 2)
    for number in range(5):
        queue(f"made:{number}")

    assert put() == Put(5, set())


def test_nothing_is_queued_for_who_has_left():
    queue("late", to="erased:7")

    assert not OutgoingSms.objects.exists()
