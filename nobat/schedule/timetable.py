"""One office, its week, and the days on which it is shut: a calendar without its slots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from nobat.schedule.hours import StandingHours


@dataclass(frozen=True, eq=False)  # one of a kind: a list of them is found without reading it
class OfferedService:
    code: str
    title: str
    head: str  # title of the head it stands under
    needs_sana: bool
    papers: tuple[str, ...]


class CalendarCounty(NamedTuple):
    """The county of an office."""

    code: str
    name: str
    province_id: str
    lat: float | None  # of its main town
    lon: float | None


class CalendarOffice(NamedTuple):
    """What a row of Office says, for the page that many ask for: a model costs more."""

    pk: int
    code: str
    name: str
    manager: str
    address: str
    phone: str
    lat: float
    lon: float
    status: str
    county: CalendarCounty

    @property
    def title(self) -> str:
        return f"دفتر {self.name}"


class ClosedHours(NamedTuple):
    """Some hours of a day, by the clock of Tehran."""

    from_hour: time
    until_hour: time
    reason: str


@dataclass(frozen=True, eq=False)  # one of a kind, so that what is made of it is found by it
class Timetable:
    office: CalendarOffice
    week: tuple[StandingHours, ...]  # from whatever date they hold; see hours.week_on
    closures: Mapping[date, str]  # whole days, and the reason
    closed_hours: Mapping[date, tuple[ClosedHours, ...]]  # of days that are closed in part
    holidays: Mapping[date, str]  # day and title
