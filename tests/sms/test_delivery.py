"""What became of a message, told or asked for: in any order, any number of times."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from nobat.sms.delivery import AT_ONCE, REPORTED_WITHIN, ask_what_became, note_reports
from nobat.sms.gateways import Down
from nobat.sms.models import OutgoingSms, State
from nobat.sms.note import FIRST_ASKED_AFTER
from tests.sms.sending import send_due_sms

DELIVERED, UNDELIVERED, BLOCKED = State.DELIVERED, State.UNDELIVERED, State.BLOCKED
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent(outside, queue):
    """A message that the provider took; returns its row as it is now."""
    row = queue()
    send_due_sms()
    return lambda: OutgoingSms.objects.get(pk=row.pk)


def test_what_the_provider_tells_is_noted_with_its_moment(sent, clock):
    clock.shift(MINUTE)
    assert note_reports("outside", {"provider-1": DELIVERED}) == 1
    assert (sent().state, sent().reported_at) == (DELIVERED, timezone.now())


def test_told_twice_it_is_noted_once(sent, clock):
    note_reports("outside", {"provider-1": DELIVERED})
    clock.shift(MINUTE)
    assert note_reports("outside", {"provider-1": DELIVERED}) == 0
    assert sent().reported_at == timezone.now() - MINUTE


@pytest.mark.parametrize("reports", list(permutations([DELIVERED, UNDELIVERED, BLOCKED])))
def test_in_whatever_order_it_is_told_what_was_delivered_stays_so(sent, reports):
    for report in reports:
        note_reports("outside", {"provider-1": report})
    assert sent().state == DELIVERED


def test_another_providers_id_is_none_of_ours(sent):
    assert note_reports("second", {"provider-1": DELIVERED}) == 0
    assert sent().state == State.SENT


def test_what_nobody_sent_is_nothing_new(sent):
    assert note_reports("outside", {"provider-2": DELIVERED}) == 0


def test_a_report_that_overtakes_the_answer_is_found_out_by_asking(outside, queue, clock):
    queue()
    outside.meanwhile = lambda: note_reports("outside", {"provider-1": DELIVERED})
    send_due_sms()
    outside.reported = {"provider-1": DELIVERED}
    clock.shift(FIRST_ASKED_AFTER)
    assert ask_what_became() == 1
    assert OutgoingSms.objects.get().state == DELIVERED


def test_it_is_asked_for_ever_more_seldom_and_a_day_at_most(outside, sent, clock, monkeypatch):
    asked = []
    monkeypatch.setattr(outside, "became", lambda self, ids: asked.append(timezone.now()) or {})
    began = timezone.now()
    while timezone.now() < began + REPORTED_WITHIN + timedelta(days=2):
        clock.shift(MINUTE)
        ask_what_became()
    ages = [moment - began for moment in asked]
    assert ages[:4] == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert len(ages) == 11
    assert (sent().state, sent().ask_at) == (State.SENT, None)


def test_what_has_been_told_is_not_asked_for(outside, sent, clock):
    note_reports("outside", {"provider-1": UNDELIVERED})
    outside.reported = {"provider-1": DELIVERED}
    clock.shift(timedelta(hours=1))
    assert ask_what_became() == 0


def test_a_provider_that_does_not_answer_is_asked_again_later(outside, sent, clock, monkeypatch):
    def fails(self, ids):
        raise Down("ConnectError")

    with monkeypatch.context() as broken:
        broken.setattr(outside, "became", fails)
        clock.shift(FIRST_ASKED_AFTER)
        assert ask_what_became() == 0
    outside.reported = {"provider-1": DELIVERED}
    assert ask_what_became() == 0
    clock.shift(FIRST_ASKED_AFTER)
    assert ask_what_became() == 1


@pytest.mark.usefixtures("plans_that_loop")
def test_many_are_asked_for_a_hundred_at_a_time(outside, queue, clock, monkeypatch):
    sizes = []
    monkeypatch.setattr(
        outside, "became", lambda self, ids: sizes.append(len(ids)) or dict.fromkeys(ids, DELIVERED)
    )
    for number in range(AT_ONCE + 20):
        queue(occasion=f"event {number}")
    while send_due_sms():  # each run ends after some seconds
        pass
    clock.shift(FIRST_ASKED_AFTER)
    assert ask_what_became() == AT_ONCE + 20
    assert sizes == [AT_ONCE, 20]
