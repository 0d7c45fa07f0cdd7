from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from nobat.appointments.answer_sms import answer_incoming_sms
from nobat.offices.take_over_offices import take_over_imports
from nobat.sms.send import send_bookings, send_codes, send_notices, send_reminders
from nobat.worker.jobs import LANES, Daily, Every

HALF_PAST_THREE = Daily(time(3, 30))


SENDING = {
    "codes": send_codes,
    "bookings": send_bookings,
    "notices": send_notices,
    "reminders": send_reminders,
}


@pytest.mark.parametrize(("lane", "send"), SENDING.items(), ids=SENDING)
def test_each_lane_of_messages_waits_behind_no_other_job(lane, send):
    (sending,) = LANES[lane]
    assert sending.run is send
    assert sending.when.again(timezone.now()) <= timedelta(seconds=1)
    assert not sending.is_for_one_machine  # every worker helps


def test_whoever_wrote_to_us_waits_behind_no_other_job():
    (answering,) = LANES["answers"]
    assert answering.run is answer_incoming_sms
    assert answering.when.again(timezone.now()) <= timedelta(seconds=1)
    assert not answering.is_for_one_machine


def test_somebody_who_waits_for_an_import_waits_behind_no_other_job():
    (importing,) = LANES["imports"]
    assert importing.run is take_over_imports
    assert importing.when.again(timezone.now()) <= timedelta(seconds=2)


@pytest.mark.django_db(transaction=True)
def test_every_job_that_is_run_again_finds_nothing_to_do():
    jobs = [job for lane in LANES.values() for job in lane]
    for job in jobs:
        job.run()
    assert [job.run() for job in jobs] == [0] * len(jobs)


def test_a_regular_job_begins_with_the_worker():
    assert Every(timedelta(hours=1)).first(timezone.now()) == timedelta(0)


@pytest.mark.parametrize(
    ("now", "wait"),
    [
        (datetime(2026, 5, 2, 22, 0, tzinfo=UTC), timedelta(hours=2)),  # 01:30 in Tehran
        (datetime(2026, 5, 2, 23, 59, tzinfo=UTC), timedelta(minutes=1)),
        (datetime(2026, 5, 3, 0, 0, tzinfo=UTC), timedelta(days=1)),
        (datetime(2026, 5, 3, 4, 30, tzinfo=UTC), timedelta(hours=19, minutes=30)),
    ],
    ids=str,
)
def test_a_daily_job_waits_for_its_hour_in_tehran(now, wait):
    assert HALF_PAST_THREE.first(now) == HALF_PAST_THREE.again(now) == wait
