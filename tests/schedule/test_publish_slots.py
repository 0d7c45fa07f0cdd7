from io import StringIO

import pytest
from django.core.management import call_command

from nobat.schedule.models import Holiday, Slot
from tests.build import make_hours


def publish(**options):
    said = StringIO()
    call_command("publish_slots", stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def weekly(office):
    make_hours(office, range(7))


def test_the_command_says_what_it_did(weekly):
    first = publish()

    holidays = Holiday.objects.count()
    assert first == f"{Slot.objects.count()} slots added, 0 changed, {holidays} holidays added\n"
    assert publish() == "0 slots added, 0 changed, 0 holidays added\n"


def test_the_command_can_publish_fewer_days(weekly):
    publish(days=2)

    assert Slot.objects.values("day").distinct().count() == 2
