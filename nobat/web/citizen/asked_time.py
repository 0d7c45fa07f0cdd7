"""What the address of an office's calendar asks for: service, cases, a day, a move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from nobat.appointments import book, policy
from nobat.appointments.models import Appointment
from nobat.appointments.receipt_words import cases_span
from nobat.schedule.timetable import OfferedService
from nobat.shared.persian import latin_digits
from nobat.web.citizen.asked_hour import page_of_office

# Whoever asks for a day further away has not meant it.
_ANY_DAY_AROUND = timedelta(days=400)


@dataclass
class AskedTime:
    office_code: str
    wanted_service: str  # its code, if one was asked for
    cases: int
    turns: int
    day: date | None
    moving: Appointment | None
    first_day: date  # that can be booked
    remarks: list[str] = field(default_factory=list)  # on what could not be taken as asked
    service: OfferedService = field(init=False)

    def choose_service(self, offered: Sequence[OfferedService]) -> None:
        """The one that was asked for, or else the first."""
        found = next((each for each in offered if each.code == self.wanted_service), None)
        if self.wanted_service and not found:
            self.remarks.append(book.ServiceNotOffered.message)
        self.service = found or offered[0]

    @property
    def rules_day(self) -> date:
        """The chosen day; until one is chosen, the first that can be booked."""
        return self.day or self.first_day

    def turns_on(self, day: date) -> int:
        return policy.turns_for(self.cases, day)

    def turns_of(self, days: Sequence[date]) -> dict[date, int]:
        """Of days that follow each other."""
        if policy.one_turn_takes_the_same(days[0], days[-1]):
            return dict.fromkeys(days, self.turns_on(days[0]))
        return {day: self.turns_on(day) for day in days}

    @property
    def _choice(self) -> str:
        """In addresses, except the day."""
        reference = self.moving.reference if self.moving else ""
        return _in_address(self.service.code, self.cases, reference)

    @property
    def page(self) -> str:
        """This page, nothing chosen."""
        return page_of_office("choose_time", self.office_code)

    def address(self, day: date) -> str:
        """This page with a day chosen, scrolled to its hours."""
        return f"{self.page}?{self._choice}&day={day.isoformat()}#hours"

    def next_address(self, slot_id: int) -> str:
        """The last page before booking this hour, or before moving to it."""
        page = (
            reverse("citizen:move", args=[self.moving.reference])
            if self.moving
            else page_of_office("book", self.office_code)
        )
        return f"{page}?{_in_address(self.service.code, self.cases, '')}&slot={slot_id}"


@lru_cache(maxsize=512)  # most choose the same few
def _in_address(service: str, cases: int, reference: str) -> str:
    choice = {"service": service, "cases": cases}
    return urlencode(choice | ({"moving": reference} if reference else {}))


def read_time(
    asked: Mapping[str, str], *, office_code: str, moving: Appointment | None, today: date
) -> AskedTime:
    """Whatever is asked, something sensible: with a remark where it is not the same.

    Which of its services the office gives is not known yet: see `choose_service`.
    """
    remarks: list[str] = []
    day = _day(asked.get("day", ""), today, remarks)
    first_day, _ = policy.bookable_days(today)
    rules = policy.rules_on(day or first_day)
    cases = _cases(asked, moving, rules, remarks)
    return AskedTime(
        office_code=office_code,
        wanted_service=asked.get("service", "") or (moving.service.code if moving else ""),
        cases=cases,
        turns=rules.turns_for(cases),
        day=day,
        moving=moving,
        first_day=first_day,
        remarks=remarks,
    )


def _cases(
    asked: Mapping[str, str], moving: Appointment | None, rules: policy.Rules, remarks: list[str]
) -> int:
    typed = latin_digits(asked.get("cases", "")).strip()
    if not typed:
        return moving.cases if moving else 1
    cases = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    if cases > rules.most_cases:
        remarks.append(book.TooManyCases(rules).message)
        return rules.most_cases
    if cases < 1:
        fit = cases_span(1, rules.cases_per_turn)
        remarks.append(f"شمار پرونده‌ها خوانده نشد. وقت‌ها برای {fit} پرونده است.")
    return max(cases, 1)


def _day(asked: str, today: date, remarks: list[str]) -> date | None:
    if not asked:
        return None
    try:
        day = date.fromisoformat(latin_digits(asked))
    except ValueError:
        day = None
    if day is None or abs(day - today) > _ANY_DAY_AROUND:
        remarks.append("روزی که خواسته بودید در تقویم نیست. یکی از روزهای زیر را انتخاب کنید.")
        return None
    return day
