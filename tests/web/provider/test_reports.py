import pytest
from django.utils import timezone

from nobat.sms.delivery import ask_what_became
from nobat.sms.models import Kind, OutgoingSms, State

ID = "provider-1"


@pytest.fixture
def sms(outside) -> OutgoingSms:
    """The provider has taken it."""
    return OutgoingSms.objects.create(
        kind=Kind.NO_ACCOUNT,
        lane=1,
        occasion="an event",
        to="+989120000001",
        params={"purpose": "sign_in"},
        state=State.SENT,
        provider="outside",
        provider_id=ID,
        queued_at=timezone.now(),
        next_try_at=timezone.now(),
        not_after=timezone.now(),
        sent_at=timezone.now(),
        ask_at=timezone.now(),
    )


def state(sms):
    sms.refresh_from_db()
    return sms.state


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_became_of_a_message_is_written_down(method, client, reports_page, sms):
    answer = getattr(client, method)(reports_page, {"id": ID, "state": "delivered"})
    assert (answer.content, state(sms)) == (b"ok", State.DELIVERED)
    assert (sms.reported_at, sms.ask_at) == (timezone.now(), None)


def test_told_again_nothing_changes_and_the_answer_is_the_same(client, reports_page, sms, clock):
    first = timezone.now()
    for _ in range(3):
        assert client.post(reports_page, {"id": ID, "state": "delivered"}).content == b"ok"
        clock.shift(60)
    assert (state(sms), sms.reported_at) == (State.DELIVERED, first)


def test_told_out_of_order_delivered_is_the_last_word(client, reports_page, sms):
    for told in ("delivered", "undelivered", "blocked"):
        client.post(reports_page, {"id": ID, "state": told})
    assert state(sms) == State.DELIVERED


def test_what_another_provider_says_of_its_own_id_changes_nothing(client, reports_page, sms):
    OutgoingSms.objects.update(provider="second")
    assert client.post(reports_page, {"id": ID, "state": "blocked"}).content == b"ok"
    assert state(sms) == State.SENT


def test_a_report_that_comes_before_we_noted_the_answer_is_learned_by_asking(
    client, reports_page, sms, outside
):
    OutgoingSms.objects.update(state=State.SENDING, provider_id="", sent_at=None)
    assert client.post(reports_page, {"id": ID, "state": "delivered"}).content == b"ok"
    assert state(sms) == State.SENDING

    now = timezone.now()
    OutgoingSms.objects.update(state=State.SENT, provider_id=ID, sent_at=now, ask_at=now)
    outside.reported = {ID: State.DELIVERED}
    assert ask_what_became() == 1
    assert state(sms) == State.DELIVERED


def test_a_state_that_nobody_knows_is_refused(client, reports_page, sms):
    assert client.post(reports_page, {"id": ID, "state": "eaten"}).status_code == 400
    assert state(sms) == State.SENT
