"""How sending goes just now, as the page of messages shows it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings

from nobat.sms.gateway_models import Trouble
from nobat.sms.how_it_goes import (
    LaneNow,
    SentSince,
    gateways_now,
    lanes_now,
    open_alarms,
    sent_since,
)
from nobat.sms.models import Gateway, State
from nobat.web.association.alarm_words import gateway_name, in_words

ONE_DAY = timedelta(days=1)


class GatewayWords(NamedTuple):
    name: str
    row: Gateway
    why: str  # it rests


class Count(NamedTuple):
    title: str
    number: int


def sending_now(now: datetime) -> dict[str, Any]:
    """Alarms, gateways, the queue with what today has taken, and the last 24 hours."""
    lanes = lanes_now(now)
    return {
        "alarms": in_words(open_alarms()),
        "gateways": [_gateway(row) for row in gateways_now()],
        "lanes": [_lane(each, now) for each in lanes],
        "spent": sum(each.parts for each in lanes),
        "most": settings.SMS_PARTS_PER_DAY,
        "last_day": _last_day(sent_since(now - ONE_DAY)),
    }


def _gateway(row: Gateway) -> GatewayWords:
    words = dict(Trouble.choices)
    return GatewayWords(gateway_name(row.name), row, str(words.get(row.reason, "")))


def _lane(lane: LaneNow, now: datetime) -> dict[str, Any]:
    late = int((now - lane.due_since).total_seconds() // 60) if lane.due_since else None
    return {"label": lane.lane.label, "minutes_late": late, **lane._asdict()}


def _last_day(sent: SentSince) -> list[Count]:
    said = (State.DELIVERED, State.UNDELIVERED, State.BLOCKED, State.UNKNOWN)
    return [
        Count("در صف نشست", sent.all),
        Count("درگاه پذیرفت", sent.accepted),
        *(Count(str(state.label), sent.by_state[state]) for state in said),
    ]
