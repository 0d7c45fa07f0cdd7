"""Numbers for machines that watch over us: Prometheus text, and nothing of any person."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment
from nobat.sms.how_it_goes import LaneNow, gateways_now, lanes_now, open_alarms, sent_since
from nobat.sms.models import State

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_HOUR = timedelta(hours=1)
Value = int | float
By = Mapping[str, Value]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every number is read from an index, however large the table."""
    lines = [*_waiting(timezone.now()), *_gateways(), *_alarms(), *_appointments()]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PROMETHEUS)


def _waiting(now: datetime) -> Iterator[str]:
    lanes = {each.lane.name.lower(): each for each in lanes_now(now)}
    waiting = {name: each.waiting for name, each in lanes.items()}
    late = {name: _seconds_late(each, now) for name, each in lanes.items()}
    spent = {name: each.parts for name, each in lanes.items()}
    states = sent_since(now - _HOUR).by_state
    hour = {state.value: states[state.value] for state in State}
    yield from _gauge("sms_waiting", "Messages that are not sent yet.", "lane", waiting)
    help_ = "For how long the oldest of them has been due."
    yield from _gauge("sms_oldest_waiting_seconds", help_, "lane", late)
    help_ = "Messages queued in the last hour, by what has become of them."
    yield from _gauge("sms_last_hour", help_, "state", hour)
    yield from _gauge("sms_parts_today", "Parts that went today.", "lane", spent)
    most = settings.SMS_PARTS_PER_DAY
    yield from _one("sms_parts_per_day", "Parts that a day may take; 0: any number.", most)


def _seconds_late(lane: LaneNow, now: datetime) -> int:
    return int((now - lane.due_since).total_seconds()) if lane.due_since else 0


def _gateways() -> Iterator[str]:
    found = gateways_now()
    up = {each.name: int(each.rests_until is None) for each in found}
    credit = {each.name: each.credit for each in found if each.credit is not None}
    yield from _gauge("sms_gateway_up", "1: it takes messages; 0: it rests.", "gateway", up)
    yield from _gauge("sms_gateway_credit_rials", "As last asked.", "gateway", credit)


def _alarms() -> Iterator[str]:
    count: dict[str, int] = {}
    for alarm in open_alarms():
        count[alarm.trouble] = count.get(alarm.trouble, 0) + 1
    help_ = "What somebody must look at; see /association/messages/."
    yield from _gauge("sms_alarms_open", help_, "trouble", count)


def _appointments() -> Iterator[str]:
    booked = Appointment.objects.aggregate(last=Max("pk"))["last"] or 0
    help_ = "Appointments ever made (the highest number)."
    yield from _one("appointments_booked_total", help_, booked, kind="counter")


def _gauge(name: str, help_: str, label: str, values: By) -> Iterator[str]:
    yield from _head(name, help_, "gauge")
    for of, value in values.items():
        yield f'nobat_{name}{{{label}="{of}"}} {value}'


def _one(name: str, help_: str, value: Value, kind: str = "gauge") -> Iterator[str]:
    yield from _head(name, help_, kind)
    yield f"nobat_{name} {value}"


def _head(name: str, help_: str, kind: str) -> tuple[str, str]:
    return f"# HELP nobat_{name} {help_}", f"# TYPE nobat_{name} {kind}"
