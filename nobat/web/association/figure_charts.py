"""The pictures of figures, each with what it shows; left out where there is nothing to draw."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.safestring import SafeString

from nobat.figures.figures import Figures
from nobat.web.association.charts import CLASSES, Mark, bars, columns, line, shares, ticks_up_to
from nobat.web.association.figure_words import (
    said_count,
    said_decimal,
    said_share,
)
from nobat.web.association.figures_of import FiguresOf

BUSIEST, MOST_SERVICES = 6, 8
PARTS_OF = {
    "country": "شش استان پرنوبت",
    "province": "شهرستان‌های پرنوبت",
    "county": "دفترهای پرنوبت",
}


class InLegend(NamedTuple):
    name: str  # in nobat.css
    words: str
    said: str


class Chart(NamedTuple):
    title: str
    note: str
    drawing: SafeString
    legend: list[InLegend]


def charts_of(figures: FiguresOf) -> list[Chart]:
    makers = (_use, _first_free, _first_free_weeks, _no_shows, _causes, _messages, _services)
    return [chart for make in makers for chart in make(figures)]


def _use(figures: FiguresOf) -> Iterator[Chart]:
    busiest = sorted(figures.parts, key=lambda part: part.figures.appointments, reverse=True)
    marks = [
        Mark(part.name, part.figures.use, said_share(part.figures.use))
        for part in busiest[:BUSIEST]
        if part.figures.offered
    ]
    note = _whose_parts(figures)
    if figures.asked.part.office:
        marks = _marks(figures.months, lambda each: each.use, said_share)
        note = "ماه به ماه"
    if _says_something(marks):
        drawing = bars("use", marks, whole=1)
        yield Chart("استفاده از ظرفیت", f"جاهای پرشده از جاهای داده‌شده؛ {note}", drawing, [])


def _whose_parts(figures: FiguresOf) -> str:
    part = figures.asked.part
    return PARTS_OF["county" if part.county else "province" if part.province else "country"]


def _first_free(figures: FiguresOf) -> Iterator[Chart]:
    marks = _marks(figures.months, lambda each: each.days_to_first_free, said_decimal)
    if _says_something(marks):
        drawing = line("first-free", marks, _ticks(marks))
        yield Chart("چند روز تا اولین وقت آزاد", "میانگین دفترها، ماه به ماه", drawing, [])


def _first_free_weeks(figures: FiguresOf) -> Iterator[Chart]:
    marks = _marks(figures.weeks, lambda each: each.days_to_first_free, said_decimal)
    if _says_something(marks):
        note = f"میانگین دفترها، هفته به هفته در {figures.asked.month.name}"
        drawing = columns("first-free-weeks", marks)
        yield Chart("تا اولین وقت آزاد در این ماه", note, drawing, [])


def _no_shows(figures: FiguresOf) -> Iterator[Chart]:
    marks = _marks(figures.weeks, lambda each: each.no_show_share, said_share)
    if _says_something(marks):
        note = "درصد نوبت‌هایی که وقتشان رسید، هفته به هفته"
        yield Chart("نیامدن", note, columns("no-shows", marks), [])


def _services(figures: FiguresOf) -> Iterator[Chart]:
    marks = [
        Mark(service.title, service.appointments, said_count(service.appointments))
        for service in figures.services[:MOST_SERVICES]
    ]
    if marks:
        note = "شمار نوبت‌ها، هر چه از آن‌ها شده باشد"
        yield Chart("نوبت برای چه کاری", note, bars("services", marks), [])


def _causes(figures: FiguresOf) -> Iterator[Chart]:
    if figures.now.fallen:
        note = f"{said_count(figures.now.fallen)} نوبت"
        yield _of_a_whole("causes", "نوبت‌ها چرا به جایی نرسید", note, figures.causes)


def _messages(figures: FiguresOf) -> Iterator[Chart]:
    sent = figures.messages_together
    if sent and sent.queued:
        parts = {
            "به گوشی رسید": sent.delivered,
            "در راه، یا گزارشی نیامده": sent.waiting + sent.unreported,
            "به گوشی نرسید": sent.undelivered,
            "فرستاده نشد": sent.not_sent,
        }
        note = f"{said_count(sent.queued)} پیامک، {said_count(sent.parts)} بخش"
        yield _of_a_whole("messages", "پیامک‌ها چه شدند", note, parts)


def _of_a_whole(key: str, title: str, note: str, parts: dict[str, int]) -> Chart:
    whole = sum(parts.values())
    marks = [Mark(name, number, said_share(number / whole)) for name, number in parts.items()]
    legend = [
        InLegend(name, mark.label, mark.said) for name, mark in zip(CLASSES, marks, strict=True)
    ]
    return Chart(title, note, shares(key, marks), legend)


def _marks(
    spans: dict[str, Figures],
    value_of: Callable[[Figures], float | None],
    said: Callable[[float | None], str],
) -> list[Mark]:
    values = {name: value_of(figures) for name, figures in spans.items()}
    return [
        Mark(name, value, "" if value is None else said(value)) for name, value in values.items()
    ]


def _ticks(marks: list[Mark]) -> dict[float, str]:
    largest = max(mark.value or 0 for mark in marks)
    return {value: said_decimal(value) for value in ticks_up_to(largest)}


def _says_something(marks: list[Mark]) -> bool:
    return any(mark.value is not None for mark in marks)
