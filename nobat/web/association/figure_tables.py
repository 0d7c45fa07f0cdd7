"""The tables of figures: what the page writes under its pictures, and the spreadsheet holds."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from nobat.figures.figures import Figures
from nobat.figures.messages import Messages
from nobat.figures.parts import PartRow
from nobat.figures.services import ServiceRow
from nobat.sms.models import Kind
from nobat.web.association.figure_words import said_count, said_days, said_share

Number = int | float | None


class Cell(NamedTuple):
    value: Number
    write: Callable[..., str]  # one of figure_words

    @property
    def said(self) -> str:
        return self.write(self.value)


class Row(NamedTuple):
    name: str
    cells: list[Cell]
    address: str = ""


class Table(NamedTuple):
    key: str
    title: str
    heads: list[str]  # the first is of the names
    rows: list[Row]


class Column(NamedTuple):
    head: str
    of: Callable[[Figures], Number]
    write: Callable[..., str]


COLUMNS = [
    Column("نوبت", lambda figures: figures.appointments, said_count),
    Column("استفاده از ظرفیت", lambda figures: figures.use, said_share),
    Column("تا اولین وقت آزاد", lambda figures: figures.days_to_first_free, said_days),
    Column("نیامدن", lambda figures: figures.no_show_share, said_share),
    Column("حذف شهروند", lambda figures: figures.cancelled, said_count),
    Column("تعطیلی", lambda figures: figures.displaced, said_count),
]
# What the ones above come from, for whoever wants to reckon on.
MORE_COLUMNS = [
    *COLUMNS,
    Column("ثبت‌شده در این روزها", lambda figures: figures.booked, said_count),
    Column("جای داده‌شده", lambda figures: figures.offered, said_count),
    Column("جای پرشده", lambda figures: figures.held, said_count),
    Column("آمدند", lambda figures: figures.came, said_count),
    Column("نیامدند", lambda figures: figures.no_shows, said_count),
    Column("نیامدن بی‌جریمه", lambda figures: figures.excused, said_count),
    Column("مراجعهٔ انجام‌شده", lambda figures: figures.served, said_count),
    Column("مراجعهٔ بی‌نوبت", lambda figures: figures.walk_ins, said_count),
]


def table_of_parts(
    title: str,
    head: str,
    parts: Iterable[PartRow],
    columns: list[Column],
    address_of: Callable[[str], str],
) -> Table:
    rows = [
        Row(
            part.name,
            [Cell(part.offices, said_count), *_cells(part.figures, columns)],
            address_of(part.code),
        )
        for part in parts
    ]
    return Table("parts", title, [head, "دفتر", *_heads(columns)], rows)


def table_of_time(
    key: str, title: str, head: str, spans: dict[str, Figures], columns: list[Column]
) -> Table:
    rows = [Row(name, _cells(figures, columns)) for name, figures in spans.items()]
    return Table(key, title, [head, *_heads(columns)], rows)


def table_of_services(services: list[ServiceRow]) -> Table:
    whole = sum(service.appointments for service in services)
    rows = [Row(service.title, _part_of(service.appointments, whole)) for service in services]
    return Table("services", "موضوع‌های خدمت", ["موضوع", "نوبت", "سهم"], rows)


def table_of_causes(causes: dict[str, int]) -> Table:
    whole = sum(causes.values())
    rows = [Row(name, _part_of(number, whole)) for name, number in causes.items()]
    return Table("causes", "نوبت‌هایی که به جایی نرسید", ["علت", "نوبت", "سهم"], rows)


MESSAGES: dict[str, Callable[[Messages], int]] = {
    "همه": lambda sent: sent.queued,
    "پذیرفته‌شده": lambda sent: sent.accepted,
    "رسید": lambda sent: sent.delivered,
    "نرسید": lambda sent: sent.undelivered,
    "بی‌گزارش": lambda sent: sent.unreported,
    "فرستاده نشد": lambda sent: sent.not_sent,
    "بخش": lambda sent: sent.parts,
    "هزینه (ریال)": lambda sent: sent.cost,
}


def table_of_messages(by_kind: dict[Kind, Messages]) -> Table:
    rows = [
        Row(
            str(kind.label),
            [
                *(Cell(number_of(sent), said_count) for number_of in MESSAGES.values()),
                Cell(sent.delivered_share, said_share),
            ],
        )
        for kind, sent in by_kind.items()
    ]
    return Table("messages", "پیامک‌ها", ["پیامک", *MESSAGES, "سهم رسیده"], rows)


def _part_of(number: int, whole: int) -> list[Cell]:
    share = number / whole if whole else None
    return [Cell(number, said_count), Cell(share, said_share)]


def _cells(figures: Figures, columns: list[Column]) -> list[Cell]:
    return [Cell(column.of(figures), column.write) for column in columns]


def _heads(columns: list[Column]) -> list[str]:
    return [column.head for column in columns]
