from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.sms.models import OutgoingSms, State
from nobat.sms.unreached import is_unreached
from tests.build import book

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "is_so"), [(State.GIVEN_UP, True), (State.SENT, False)])
def test_a_mobile_is_unreached_once_a_message_to_it_was_given_up(
    sara, slot, petition, clock, state, is_so
):
    book(sara, slot, petition)
    OutgoingSms.objects.update(state=state)

    assert is_unreached(sara.mobile, timezone.now()) is is_so
    clock.shift(timedelta(days=31))
    assert not is_unreached(sara.mobile, timezone.now())
