"""The few numbers on top of a page of figures, each against the month before."""

from typing import NamedTuple

from nobat.figures.messages import Messages
from nobat.web.association.figure_words import (
    days_apart,
    more_or_less,
    points_apart,
    said_count,
    said_decimal,
    said_share,
)
from nobat.web.association.figures_of import FiguresOf


class Tile(NamedTuple):
    title: str
    said: str
    unit: str
    note: str


def tiles_of(figures: FiguresOf) -> list[Tile]:
    """A month that is ahead is compared with nothing."""
    now, before, than = figures.now, figures.before, _than(figures)
    if figures.asked.is_ahead:
        return [
            Tile("نوبت تا این لحظه", said_count(now.appointments), "", ""),
            Tile("ظرفیت پرشده", said_share(now.use), "", ""),
        ]
    wait, wait_before = now.days_to_first_free, before.days_to_first_free
    tiles = [
        Tile(
            "نوبت ثبت‌شده", said_count(now.booked), "", more_or_less(now.booked, before.booked, than)
        ),
        Tile("استفاده از ظرفیت", said_share(now.use), "", points_apart(now.use, before.use, than)),
        Tile(
            "تا اولین وقت آزاد",
            said_decimal(wait),
            "روز" if wait is not None else "",
            days_apart(wait, wait_before, than),
        ),
        Tile(
            "نیامدن",
            said_share(now.no_show_share),
            "",
            points_apart(now.no_show_share, before.no_show_share, than),
        ),
        Tile(
            "مراجعهٔ انجام‌شده",
            said_count(now.served),
            "",
            more_or_less(now.served, before.served, than),
        ),
    ]
    sent = figures.messages_together
    return [*tiles, _messages(sent)] if sent and sent.queued else tiles


def _messages(sent: Messages) -> Tile:
    """What has arrived; as long as nothing is reported, what the provider has taken."""
    if sent.delivered_share is None:
        note = _not_all(sent.not_sent, "فرستاده نشد")
        return Tile("پیامک پذیرفته‌شده", said_share(sent.accepted_share), "", note)
    note = _not_all(sent.undelivered, "نرسید")
    return Tile("پیامک رسیده", said_share(sent.delivered_share), "", note)


def _not_all(number: int, what: str) -> str:
    return f"{said_count(number)} پیامک {what}" if number else ""


def _than(figures: FiguresOf) -> str:
    name = figures.asked.month.after(-1).name
    return f"همین روزهای {name}" if figures.asked.is_running else name
