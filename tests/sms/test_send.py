"""What is queued is sent: once, in time, the urgent first, and never a secret too many."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from threading import Barrier, Event, Lock

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.sms.gateways import Blocked
from nobat.sms.lanes import LANE_OF, Lane
from nobat.sms.lost_answers import MOST_LOST_ANSWERS, settle_lost_answers
from nobat.sms.models import SECRET_WAITS, Kind, OutgoingSms, State
from nobat.sms.note import WAIT_AFTER_TRY
from nobat.sms.outbox import let_go
from nobat.sms.send import LEASE, send_lane
from tests.at_once import at_once
from tests.sms.gateway import DiesAfterwards, Killed, TakenUnheard, never, try_again, unknown
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


@pytest.mark.usefixtures("plans_that_loop")
def test_one_at_a_time_is_one_at_a_time_whatever_the_plan(outside, queue, clock):
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
    sms = queue()
    outside.answers = [RuntimeError("https://sms.example/KEY/send +989120000001 482139")]
    send_due_sms()
    assert now_again(sms).last_error == "RuntimeError"
    assert now_again(sms).state == State.SENDING  # it may have been taken: asked after
    assert "RuntimeError" in caplog.text
    for secret in ("KEY", "989120000001", "482139", "Traceback"):
        assert secret not in caplog.text


def test_a_message_whose_text_cannot_be_made_is_given_up_without_a_word_to_the_gateway(
    outside, queue, clock
):
    sms = queue(Kind.CANCELLED, params={"starts_at": "nonsense"})
    for wait in [*WAIT_AFTER_TRY, timedelta(0)]:
        send_due_sms()
        clock.shift(wait)
    assert outside.received == []
    assert now_again(sms).state == State.GIVEN_UP


def test_what_blocks_us_is_not_tried_again(outside, queue):
    sms = queue()
    outside.answers = [Blocked("27")]
    send_due_sms()
    assert now_again(sms).state == State.BLOCKED


# ------------------------------------------------------------- the answer is lost
def settle_and_send(clock):
    clock.shift(LEASE)
    settle_lost_answers()
    return send_due_sms()


@pytest.mark.parametrize(
    ("death", "sent_again"), [(Killed(), 1), (DiesAfterwards(), 0)], ids=["before", "after"]
)
def test_a_worker_killed_while_sending_loses_nothing_and_says_nothing_twice(
    outside, queue, clock, death, sent_again
):
    sms = queue()
    outside.answers = [death]
    with pytest.raises(Killed):
        send_due_sms()
    assert send_due_sms() == 0
    assert settle_lost_answers() == 0  # the dead worker's lease still holds
    assert settle_and_send(clock) == sent_again
    assert len(outside.received) == 1
    assert now_again(sms).state == State.SENT
    assert now_again(sms).parts == 2


@pytest.mark.parametrize(
    "answer", [Killed(), DiesAfterwards(), TakenUnheard("lost"), unknown()], ids=str
)
def test_a_code_whose_answer_is_lost_is_not_repeated(outside, queue, clock, answer):
    sms = queue(Kind.CODE)
    outside.answers = [answer]
    with suppress(Killed):
        send_due_sms()
    arrived = len(outside.received)
    assert settle_and_send(clock) == 0
    assert len(outside.received) == arrived
    assert now_again(sms).state == State.UNKNOWN
    assert now_again(sms).secret is None


def test_a_code_that_was_refused_is_repeated(outside, queue, clock):
    queue(Kind.CODE)
    outside.answers = [try_again()]
    send_due_sms()
    clock.shift(WAIT_AFTER_TRY[0])
    assert send_due_sms() == 1


def test_a_message_that_kills_every_worker_is_not_sent_for_ever(outside, queue, clock):
    sms = queue()
    for _ in range(MOST_LOST_ANSWERS + 1):
        outside.answers = [Killed()]
        with pytest.raises(Killed):
            send_due_sms()
        clock.shift(timedelta(minutes=30))
        settle_lost_answers()
    assert send_due_sms() == 0
    assert now_again(sms).state == State.UNKNOWN


# --------------------------------------------------------------------- side by side
def queue_some(queue, number):
    for each in range(number):
        queue(occasion=f"event {each}", to=f"+98912000{each:04}")


@pytest.mark.django_db(transaction=True)
def test_many_are_on_their_way_at_once_and_each_is_sent_once(outside, queue):
    together = Barrier(8)
    outside.at_once = 16  # half of them may be codes
    outside.meanwhile = lambda: together.wait(timeout=10)
    queue_some(queue, 40)
    assert send_lane(Lane.CODES) == 40
    assert len(set(outside.received)) == 40


@pytest.mark.django_db(transaction=True)
def test_one_slow_answer_holds_up_no_other(outside, queue):
    others_went, numbers, lock = Event(), count(), Lock()

    def the_first_waits_for_all_others():
        with lock:
            number = next(numbers)
        if number == 0:
            assert others_went.wait(timeout=10)
        elif number == 19:
            others_went.set()

    outside.at_once = 4
    outside.meanwhile = the_first_waits_for_all_others
    queue_some(queue, 20)
    assert send_lane(Lane.CODES) == 20


@pytest.mark.django_db(transaction=True)
def test_what_is_in_other_hands_is_left_alone(outside, queue):
    queue_some(queue, 3)
    with transaction.atomic():
        OutgoingSms.objects.select_for_update().get(occasion="event 1")
        (sent,) = at_once([send_due_sms])
    assert sent == 2


# ---------------------------------------------------------------------------- lanes
def test_each_kind_has_its_lane():
    assert set(LANE_OF) == set(Kind)


def test_a_lane_sends_nothing_of_another(outside, queue):
    queue(Kind.CODE, "a code")
    queue(occasion="no account")
    assert send_lane(Lane.REMINDERS) == send_lane(Lane.NOTICES) == send_lane(Lane.BOOKINGS) == 0
    assert send_lane(Lane.CODES) == 2


def test_without_a_gateway_messages_wait(outside, queue, settings):
    sms = queue()
    settings.SMS_GATEWAY = ""
    assert send_due_sms() == 0
    assert now_again(sms).state == State.WAITING


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
