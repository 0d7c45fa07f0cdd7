"""What a try came to, in the ledger."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.gateways import Accepted, Blocked, Down, Never, TryAgain, Unknown
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.note import (
    ASK_AFTER_LOST_ANSWER,
    FIRST_ASKED_AFTER,
    WAIT_AFTER_TRY,
    WAIT_FOR_A_GATEWAY,
    Taken,
    note_accepted,
    note_failure,
)


@pytest.fixture
def tried(queue):
    """A message that is on its way, after so many tries."""

    def tried(kind=Kind.NO_ACCOUNT, tries=1):
        sms = queue(kind)
        row = OutgoingSms.objects.filter(pk=sms.pk)
        row.update(state=State.SENDING, tries=tries, provider="outside")
        return row.get()

    return tried


def after(sms):
    return OutgoingSms.objects.get(pk=sms.pk)


def test_what_was_taken_has_its_id_parts_and_cost(tried):
    sms = tried(Kind.CODE)
    note_accepted([Taken(sms, Accepted("77", cost=250), parts=2)])
    row = after(sms)
    assert (row.state, row.provider, row.provider_id) == (State.SENT, "outside", "77")
    assert (row.parts, row.cost, row.secret) == (2, 250, None)
    assert row.sent_at == timezone.now()
    assert row.ask_at == timezone.now() + FIRST_ASKED_AFTER


@pytest.mark.parametrize("state", [State.DELIVERED, State.UNDELIVERED, State.BLOCKED])
def test_what_was_reported_before_our_note_stays(tried, state):
    sms = tried()
    OutgoingSms.objects.update(state=state)
    note_accepted([Taken(sms, Accepted("77"), parts=1)])
    assert after(sms).state == state
    assert after(sms).sent_at is not None


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (Never("411"), State.GIVEN_UP),
        (Blocked("27"), State.BLOCKED),
        (Unknown("ReadTimeout"), State.UNKNOWN),
        (TryAgain("409"), State.WAITING),
        (Down("ConnectError"), State.WAITING),
    ],
    ids=["never", "blocked", "unknown", "try again", "down"],
)
def test_each_failure_of_a_code(tried, failure, state):
    sms = tried(Kind.CODE)
    note_failure(sms, failure)
    row = after(sms)
    assert (row.state, row.last_error, row.ask_at) == (state, failure.reason, None)
    assert (row.secret is None) == (state != State.WAITING)


def test_what_nobody_knows_is_asked_after(tried):
    sms = tried()
    note_failure(sms, Unknown("ReadTimeout"))
    row = after(sms)
    assert row.state == State.SENDING
    assert row.ask_at == timezone.now() + ASK_AFTER_LOST_ANSWER


@pytest.mark.parametrize("tries", range(1, len(WAIT_AFTER_TRY) + 1))
def test_each_try_waits_longer_than_the_one_before(tried, tries):
    sms = tried(tries=tries)
    note_failure(sms, TryAgain("409"))
    assert after(sms).next_try_at == timezone.now() + WAIT_AFTER_TRY[tries - 1]


def test_after_the_last_try_it_is_given_up(tried):
    sms = tried(tries=len(WAIT_AFTER_TRY) + 1)
    note_failure(sms, TryAgain("409"))
    assert after(sms).state == State.GIVEN_UP


@pytest.mark.parametrize(("tries", "wait"), [(1, 0), (2, 1), (5, 4), (40, 7)])
def test_another_gateway_may_have_it_at_once_and_later_it_waits(tried, tries, wait):
    sms = tried(tries=tries)
    note_failure(sms, Down("503"))
    row = after(sms)
    assert (row.state, row.next_try_at) == (
        State.WAITING,
        timezone.now() + WAIT_FOR_A_GATEWAY[wait],
    )


def test_an_old_try_says_nothing_about_a_newer_one(tried, clock):
    sms = tried(tries=2)
    sms.tries = 1
    clock.shift(timedelta(minutes=2))
    note_failure(sms, Never("411"))
    assert after(sms).state == State.SENDING


def test_a_reason_is_cut_to_what_the_ledger_holds(tried):
    sms = tried()
    note_failure(sms, TryAgain("x" * 500))
    assert after(sms).last_error == "x" * 120
