"""Moments and tracking codes as an SMS writes them."""

from datetime import datetime

from nobat.shared.jalali import deadline, hour, long_day
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped


def in_groups(reference: str) -> str:
    # No-break spaces keep the groups of a number in their order in a line from the right.
    return fa_digits(grouped(reference)).replace(" ", "\u00a0")


def when(starts_at: str) -> str:
    """«یکشنبه ۸ آذر ساعت ۰۹:۳۰», from ISO 8601."""
    moment = datetime.fromisoformat(starts_at)
    return f"{long_day(moment)} ساعت {hour(moment)}"


def answer_by(moment: str) -> str:
    return deadline(datetime.fromisoformat(moment))
