"""Numbers for machines that watch over us: how sending goes."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily, Metric

from nobat.sms.how_it_goes import LaneNow, gateways_now, lanes_now, open_alarms, sent_since
from nobat.sms.models import State
from nobat.web.gauge import gauge

_HOUR = timedelta(hours=1)


def of_sms() -> Iterator[Metric]:
    yield from _waiting(timezone.now())
    yield from _gateways()
    alarms = Counter(alarm.trouble for alarm in open_alarms())
    help_ = "What somebody must look at; see /association/messages/."
    yield gauge("sms_alarms_open", help_, "trouble", alarms)


def _waiting(now: datetime) -> Iterator[Metric]:
    lanes = {each.lane.name.lower(): each for each in lanes_now(now)}
    waiting = {name: each.waiting for name, each in lanes.items()}
    late = {name: _seconds_late(each, now) for name, each in lanes.items()}
    spent = {name: each.parts for name, each in lanes.items()}
    states = sent_since(now - _HOUR).by_state
    hour = {state.value: states[state.value] for state in State}
    yield gauge("sms_waiting", "Messages that are not sent yet.", "lane", waiting)
    help_ = "For how long the oldest of them has been due."
    yield gauge("sms_oldest_waiting_seconds", help_, "lane", late)
    help_ = "Messages queued in the last hour, by what has become of them."
    yield gauge("sms_last_hour", help_, "state", hour)
    yield gauge("sms_parts_today", "Parts that went today.", "lane", spent)
    help_ = "Parts that a day may take; 0: any number."
    yield GaugeMetricFamily("nobat_sms_parts_per_day", help_, settings.SMS_PARTS_PER_DAY)


def _seconds_late(lane: LaneNow, now: datetime) -> int:
    return int((now - lane.due_since).total_seconds()) if lane.due_since else 0


def _gateways() -> Iterator[Metric]:
    found = gateways_now()
    up = {each.name: int(each.rests_until is None) for each in found}
    credit = {each.name: each.credit for each in found if each.credit is not None}
    yield gauge("sms_gateway_up", "1: it takes messages; 0: it rests.", "gateway", up)
    yield gauge("sms_gateway_credit_rials", "As last asked.", "gateway", credit)
