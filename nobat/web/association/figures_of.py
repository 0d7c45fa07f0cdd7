"""Everything that a page of figures shows, read from the totals."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import dropwhile

from nobat.figures.figures import Figures, Part, daily_figures, in_span
from nobat.figures.messages import Messages, messages_by_kind, together
from nobat.figures.parts import PartRow, rows_of_parts
from nobat.figures.services import ServiceRow, rows_of_services
from nobat.offices.models import County, Office, Province
from nobat.sms.models import Kind
from nobat.web.association.asked_figures import AskedFigures

MONTHS = 6  # the asked one and those before it


@dataclass
class FiguresOf:
    """Of the part and month that were asked for; each thing is read once, when needed."""

    asked: AskedFigures

    @cached_property
    def daily(self) -> dict[date, Figures]:
        """From the first month that is drawn to the last day that is counted in."""
        first = self.asked.month.after(1 - MONTHS).first
        return daily_figures(self.asked.part, min(first, self.asked.before.first), self.last)

    @property
    def last(self) -> date:
        return self.asked.span.last

    @cached_property
    def now(self) -> Figures:
        return in_span(self.daily, self.asked.span)

    @cached_property
    def before(self) -> Figures:
        return in_span(self.daily, self.asked.before)

    @cached_property
    def months(self) -> dict[str, Figures]:
        """The earliest first, without those before anything was counted."""
        months = [self.asked.month.after(-ago) for ago in reversed(range(MONTHS))]
        found = {month.name: in_span(self.daily, month.until(self.last)) for month in months}
        return _from_the_first(found)

    @cached_property
    def weeks(self) -> dict[str, Figures]:
        """Those of the month in which there was anything, by their first day."""
        found = {week.title: in_span(self.daily, week) for week in self.asked.month.weeks()}
        return {name: figures for name, figures in found.items() if figures != Figures()}

    @cached_property
    def parts(self) -> list[PartRow]:
        return rows_of_parts(self.asked.part, self.asked.span)

    @cached_property
    def services(self) -> list[ServiceRow]:
        return rows_of_services(self.asked.part, self.asked.span)

    @cached_property
    def messages(self) -> dict[Kind, Messages] | None:
        return messages_by_kind(self.asked.part, self.asked.span)

    @cached_property
    def messages_together(self) -> Messages | None:
        return None if self.messages is None else together(self.messages.values())

    @property
    def causes(self) -> dict[str, int]:
        """Why appointments came to nothing, in the order in which they are drawn."""
        return {
            "شهروند حذف کرد": self.now.cancelled,
            "نیامدن": self.now.no_shows,
            "تعطیلی، بی وقت دیگر": self.now.displaced,
            "نیامدن بی‌جریمه": self.now.excused,
        }

    @property
    def is_empty(self) -> bool:
        return self.now == Figures()

    def address_of(self, code: str) -> str:
        """The page of one of the parts."""
        part = self.asked.part
        if part.county:
            smaller = Part(office=Office(code=code))
        elif part.province:
            smaller = Part(county=County(code=code))
        else:
            smaller = Part(province=Province(code=code))
        return self.asked.address(smaller)


def _from_the_first(months: dict[str, Figures]) -> dict[str, Figures]:
    names = list(dropwhile(lambda name: months[name] == Figures(), months))
    return {name: months[name] for name in names}
