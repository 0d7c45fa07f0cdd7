"""What the address of an office's calendar asks for: service, cases, a day, a move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from nobat.appointments import book, policy
from nobat.appointments.models import Appointment
from nobat.appointments.receipt_words import cases_span
from nobat.schedule.timetable import OfferedService
from nobat.shared.persian import latin_digits
from nobat.web.citizen.asked_hour import calendar_address, page_of_office

# Whoever asks for a day further away has not meant it.
_ANY_DAY_AROUND = timedelta(days=400)


@dataclass
class AskedTime:
    office_code: str
    service: OfferedService
    cases: int
    day: date | None
    moving: Appointment | None
    first_day: date  # that can be booked
    remarks: list[str] = field(default_factory=list)  # on what could not be taken as asked

    @cached_property
    def turns(self) -> int:
        return self.turns_on(self.rules_day)

    @property
    def rules_day(self) -> date:
        """The chosen day; until one is chosen, the first that can be booked."""
        return self.day or self.first_day

    def turns_on(self, day: date) -> int:
        return policy.turns_for(self.cases, day)

    @property
    def choice(self) -> dict[str, Any]:
        """What goes into addresses, except the day."""
        choice: dict[str, Any] = {"service": self.service.code, "cases": self.cases}
        return choice | ({"moving": self.moving.reference} if self.moving else {})

    @property
    def page(self) -> str:
        """This page, nothing chosen."""
        return page_of_office("choose_time", self.office_code)

    @cached_property
    def _address_without_day(self) -> str:
        return calendar_address(self.office_code, **self.choice)

    def address(self, day: date) -> str:
        """This page with a day chosen, scrolled to its hours."""
        return f"{self._address_without_day}&day={day.isoformat()}#hours"

    @cached_property
    def _next_address(self) -> str:
        page = (
            reverse("citizen:move", args=[self.moving.reference])
            if self.moving
            else page_of_office("book", self.office_code)
        )
        return f"{page}?{urlencode({'service': self.service.code, 'cases': self.cases})}"

    def next_address(self, slot_id: int) -> str:
        """The last page before booking this hour, or before moving to it."""
        return f"{self._next_address}&slot={slot_id}"


def read_time(
    asked: Mapping[str, str],
    *,
    office_code: str,
    services: Sequence[OfferedService],
    moving: Appointment | None,
    today: date,
) -> AskedTime:
    """Whatever is asked, something sensible: with a remark where it is not the same."""
    remarks: list[str] = []
    day = _day(asked.get("day", ""), today, remarks)
    first_day, _ = policy.bookable_days(today)
    rules = policy.rules_on(day or first_day)
    return AskedTime(
        office_code=office_code,
        service=_service(asked, services, moving, remarks),
        cases=_cases(asked, moving, rules, remarks),
        day=day,
        moving=moving,
        first_day=first_day,
        remarks=remarks,
    )


def _service(
    asked: Mapping[str, str],
    services: Sequence[OfferedService],
    moving: Appointment | None,
    remarks: list[str],
) -> OfferedService:
    wanted = asked.get("service", "") or (moving.service.code if moving else "")
    for service in services:
        if service.code == wanted:
            return service
    if wanted:
        remarks.append(book.ServiceNotOffered.message)
    return services[0]


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
