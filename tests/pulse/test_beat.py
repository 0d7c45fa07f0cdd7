from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nobat.pulse.beat import FORGOTTEN_AFTER, beat, stop_beating
from nobat.pulse.models import LanePulse

pytestmark = pytest.mark.django_db


def test_a_worker_says_of_all_its_lanes_when_they_were_last_free():
    now = timezone.now()
    beat("web1:7", {"codes": now, "upkeep": now - timedelta(minutes=3)})
    later = now + timedelta(seconds=10)
    with CaptureQueriesContext(connection) as statements:
        beat("web1:7", {"codes": later, "upkeep": now})
    assert len([each for each in statements if "INSERT" in each["sql"]]) == 1
    found = dict(LanePulse.objects.values_list("lane", "alive_at"))
    assert found == {"codes": later, "upkeep": now}


def test_who_has_been_silent_for_a_day_is_forgotten(clock):
    beat("web1:7", {"codes": timezone.now()})
    clock.shift(FORGOTTEN_AFTER + timedelta(seconds=1))
    beat("web1:8", {"codes": timezone.now()})
    assert list(LanePulse.objects.values_list("worker", flat=True)) == ["web1:8"]


def test_who_ends_in_good_order_is_missed_by_nobody():
    beat("web1:7", {"codes": timezone.now()})
    beat("web1:8", {"codes": timezone.now()})
    stop_beating("web1:7")
    assert list(LanePulse.objects.values_list("worker", flat=True)) == ["web1:8"]
