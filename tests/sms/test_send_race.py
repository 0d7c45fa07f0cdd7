"""Several workers, one outbox."""

import pytest

from nobat.sms.models import OutgoingSms, State
from tests.at_once import at_once
from tests.sms.sending import send_due_sms

pytestmark = pytest.mark.django_db(transaction=True)


def test_six_workers_and_one_outbox_send_each_message_once(outside, queue):
    for number in range(50):
        queue(occasion=f"event {number}", to=f"+98912000{number:04}")

    sent = at_once([send_due_sms] * 6)

    assert sum(sent) == 50
    assert sorted(to for to, _ in outside.received) == [f"+98912000{n:04}" for n in range(50)]
    assert set(OutgoingSms.objects.values_list("state", "tries")) == {(State.SENT, 1)}
