from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms import forget
from nobat.sms.forget import KEPT_FOR, forget_old_sms
from nobat.sms.models import IncomingSms, OutgoingSms, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def old(queue, clock) -> OutgoingSms:
    sms = queue()
    OutgoingSms.objects.update(state=State.DELIVERED)
    clock.shift(KEPT_FOR + DAY)
    return sms


def test_what_is_older_than_half_a_year_goes_and_the_rest_stays(old, queue):
    young = queue(occasion="another event")

    assert forget_old_sms() == 1
    assert list(OutgoingSms.objects.all()) == [young]
    assert forget_old_sms() == 0


def test_until_then_it_stays(old, clock):
    clock.shift(-2 * DAY)
    assert forget_old_sms() == 0


@pytest.mark.parametrize("state", [State.WAITING, State.SENDING])
def test_what_something_may_still_become_of_stays(old, state):
    OutgoingSms.objects.update(state=state)
    assert forget_old_sms() == 0


def test_however_many_there_are_it_goes_in_small_steps(old, queue, monkeypatch):
    for number in range(4):
        queue(occasion=str(number))
    OutgoingSms.objects.update(state=State.SENT, queued_at=timezone.now() - KEPT_FOR - DAY)
    monkeypatch.setattr(forget, "AT_ONCE", 2)
    monkeypatch.setattr(forget, "MOST_BATCHES", 2)

    assert [forget_old_sms(), forget_old_sms()] == [4, 1]


@pytest.mark.parametrize(("age", "left"), [(KEPT_FOR - DAY, 1), (KEPT_FOR + DAY, 0)])
def test_messages_from_phones_go_too(db, age, left):
    IncomingSms.objects.create(
        provider="outside",
        provider_id="1",
        sender="+989120000001",
        received_at=timezone.now() - age,
    )
    forget_old_sms()
    assert IncomingSms.objects.count() == left
