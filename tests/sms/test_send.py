"""What is queued is sent: once, in time, the urgent first, and never a secret too many."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.sms.models import SECRET_WAITS, Kind, OutgoingSms, State
from nobat.sms.note import WAIT_AFTER_TRY
from nobat.sms.outbox import let_go
from nobat.sms.send import LEASE
from tests.sms.gateway import DiesAfterwards, Killed, never, try_again
from tests.sms.sending import send_due_sms

MINUTE = timedelta(minutes=1)
WITH_A_SECRET = (Kind.CODE, Kind.ACCOUNT_MADE)


def now_again(sms):
    return OutgoingSms.objects.get(pk=sms.pk)


def test_what_is_queued_is_sent_and_noted(outside, queue):
    sms = queue(Kind.CODE)
    assert send_due_sms() == 1
    assert outside.received == [
        ("+989120000001", "کد ورود به نوبت: 482139\nتا دو دقیقه. به کسی نگویید.")
    ]
    sms = now_again(sms)
    assert (sms.state, sms.tries, sms.provider_id) == (State.SENT, 1, "provider-1")
    assert sms.sent_at == timezone.now()
    assert sms.last_error == ""


def test_what_is_sent_is_not_sent_again(outside, queue, clock):
    queue()
    send_due_sms()
    clock.shift(timedelta(hours=5))
    assert send_due_sms() == 0
    assert len(outside.received) == 1


def test_the_same_event_queued_twice_is_one_sms(outside, queue):
    queue(occasion="booked:4819273506:0")
    queue(occasion="booked:4819273506:0", to="+989120000002")
    send_due_sms()
    assert [to for to, _ in outside.received] == ["+989120000001"]


def test_what_is_undone_with_its_transaction_is_never_sent(outside, queue):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert send_due_sms() == 0


def test_whoever_waits_for_a_code_goes_first(outside, queue, clock):
    for number in range(3):
        params = {
            "starts_at": "2026-05-03T06:30:00+00:00",
            "office": "سروناز",
            "reference": "4819273506",
        }
        queue(Kind.CANCELLED, f"cancelled:{number}", params=params)
    clock.shift(MINUTE)
    queue(Kind.CODE, "a code", to="+989120000002")
    send_due_sms()
    assert outside.received[0][0] == "+989120000002"
    assert len(outside.received) == 4


def test_an_expired_sms_is_never_sent(outside, queue, clock):
    sms = queue(Kind.CODE, not_after=timezone.now() + 2 * MINUTE)
    clock.shift(2 * MINUTE)
    assert send_due_sms() == 0
    assert outside.received == []
    assert now_again(sms).state == State.EXPIRED


def test_what_expires_while_others_are_sent_is_not_sent(outside, queue, clock):
    for number in range(3):
        queue(Kind.CODE, f"code {number}", not_after=timezone.now() + 2 * MINUTE)
    outside.meanwhile = lambda: clock.shift(MINUTE)
    assert send_due_sms() == 2


# ------------------------------------------------------------------------- failures
def test_what_is_no_longer_true_is_not_sent(outside, queue):
    queue(Kind.REMINDER, "of the old hour", about="1234567890")
    queue(Kind.NO_ACCOUNT, "another kind", about="1234567890")
    let_go(kind=Kind.REMINDER, about=["1234567890"])
    assert send_due_sms() == 1
    assert OutgoingSms.objects.get(kind=Kind.REMINDER).state == State.EXPIRED


def test_a_failure_that_may_pass_is_tried_again_after_a_while(outside, queue, clock):
    sms = queue()
    outside.answers = [try_again()]
    assert send_due_sms() == 0
    assert now_again(sms).last_error == "busy"
    assert send_due_sms() == 0  # not at once
    clock.shift(WAIT_AFTER_TRY[0])
    assert send_due_sms() == 1
    assert now_again(sms).tries == 2


def test_a_failure_that_cannot_pass_is_given_up_at_once(outside, queue, clock):
    sms = queue()
    outside.answers = [never()]
    send_due_sms()
    clock.shift(timedelta(hours=5))
    assert send_due_sms() == 0
    assert (now_again(sms).state, now_again(sms).last_error) == (State.GIVEN_UP, "bad number")


def test_after_the_last_try_it_is_given_up(outside, queue, clock):
    sms = queue()
    outside.answers = [try_again() for _ in range(99)]
    for wait in [*WAIT_AFTER_TRY, timedelta(hours=1)]:
        assert now_again(sms).state == State.WAITING
        send_due_sms()
        clock.shift(wait)
    assert now_again(sms).state == State.GIVEN_UP
    assert now_again(sms).tries == len(WAIT_AFTER_TRY) + 1


def test_one_that_fails_does_not_stop_the_others(outside, queue):
    queue(occasion="one")
    queue(occasion="two")
    outside.answers = [RuntimeError("the provider sent nonsense")]
    assert send_due_sms() == 1


def test_what_a_gateway_did_not_foresee_is_noted_by_its_kind_alone(outside, queue, caplog):
    sms = queue(Kind.CODE)
    outside.answers = [RuntimeError("https://sms.example/KEY/send +989120000001 482139")]
    send_due_sms()
    assert now_again(sms).last_error == "RuntimeError"
    assert now_again(sms).state == State.WAITING
    assert "RuntimeError" in caplog.text
    for secret in ("KEY", "989120000001", "482139", "Traceback"):
        assert secret not in caplog.text


# ------------------------------------------------------------- the worker is killed
@pytest.mark.parametrize(
    ("death", "arrivals"), [(Killed(), 1), (DiesAfterwards(), 2)], ids=["before", "after"]
)
def test_a_worker_killed_while_sending_loses_nothing(outside, queue, clock, death, arrivals):
    queue()
    outside.answers = [death]
    with pytest.raises(Killed):
        send_due_sms()
    assert send_due_sms() == 0  # the dead worker's lease still holds
    clock.shift(LEASE)
    assert send_due_sms() == 1
    clock.shift(LEASE)
    assert send_due_sms() == 0
    assert len(outside.received) == arrivals


@pytest.mark.parametrize("death", [Killed(), DiesAfterwards()], ids=["before", "after"])
def test_a_code_whose_try_died_is_not_repeated(outside, queue, clock, death):
    sms = queue(Kind.CODE)
    outside.answers = [death]
    with pytest.raises(Killed):
        send_due_sms()
    arrived = len(outside.received)
    clock.shift(LEASE)
    assert send_due_sms() == 0
    assert len(outside.received) == arrived
    assert now_again(sms).state == State.GIVEN_UP
    assert now_again(sms).secret is None


def test_a_code_that_was_refused_is_repeated(outside, queue, clock):
    queue(Kind.CODE)
    outside.answers = [try_again()]
    send_due_sms()
    clock.shift(WAIT_AFTER_TRY[0])
    assert send_due_sms() == 1


def test_a_message_that_kills_every_worker_is_given_up(outside, queue, clock):
    sms = queue()
    outside.answers = [Killed() for _ in range(99)]
    for _ in range(len(WAIT_AFTER_TRY) + 1):
        with pytest.raises(Killed):
            send_due_sms()
        clock.shift(LEASE)
    assert send_due_sms() == 0
    assert now_again(sms).state == State.GIVEN_UP


# --------------------------------------------------------------------------- secrets
@pytest.mark.parametrize("kind", WITH_A_SECRET)
def test_a_secret_waits_sealed(queue, db, kind):
    sms = queue(kind)
    row = OutgoingSms.objects.filter(pk=sms.pk).values_list()[0]
    shown = " ".join(
        bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value)
        for value in row
    )
    assert "482139" not in shown
    assert "Sarv-Naz-41" not in shown


def test_a_sealed_secret_opens_only_in_its_own_row(outside, queue):
    code = queue(Kind.CODE, "one")
    other = queue(Kind.CODE, "two", to="+989120000002")
    OutgoingSms.objects.filter(pk=other.pk).update(secret=code.secret)
    send_due_sms()
    assert [to for to, _ in outside.received] == ["+989120000001"]
    assert now_again(other).last_error == "CannotUnseal"


@pytest.mark.parametrize("kind", WITH_A_SECRET)
@pytest.mark.parametrize("answer", [None, never()], ids=["sent", "given up"])
def test_a_secret_is_wiped_as_soon_as_nothing_waits_for_it(outside, queue, kind, answer):
    sms = queue(kind)
    outside.answers = [answer]
    send_due_sms()
    assert now_again(sms).secret is None


def test_a_secret_is_wiped_after_thirty_minutes_at_the_latest(outside, queue, clock):
    sms = queue(Kind.ACCOUNT_MADE, not_after=timezone.now() + timedelta(days=3))
    outside.answers = [try_again() for _ in range(99)]
    send_due_sms()
    clock.shift(SECRET_WAITS - timedelta(seconds=1))
    send_due_sms()
    assert now_again(sms).secret is not None
    clock.shift(timedelta(seconds=1))
    send_due_sms()
    assert now_again(sms).secret is None
    assert now_again(sms).state == State.EXPIRED


def test_the_database_keeps_no_secret_of_what_is_not_waiting(queue, db):
    sms = queue(Kind.CODE)
    with pytest.raises(IntegrityError, match="sms_keeps_a_secret_only_while_waiting"):
        OutgoingSms.objects.filter(pk=sms.pk).update(state=State.SENT)
