"""Where a citizen can go when an hour could not be had: no refusal is a dead end."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from nobat.appointments import book, policy
from nobat.appointments.waiting_room import TicketUsed
from nobat.people.throttle import TooOften
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import in_words
from nobat.shared.rules import RuleBroken
from nobat.web.citizen.asked_hour import AskedHour, AskedHourForm
from nobat.web.way_back import with_way_back


class Way(NamedTuple):
    words: str
    address: str


def ways_on(refusal: RuleBroken, form: AskedHourForm, asked: AskedHour) -> list[Way]:
    """The best one first."""
    return [way(form, asked) for way in WAYS.get(type(refusal), (_other_day, _mine))]


def _same_hour(form: AskedHourForm, asked: AskedHour) -> Way:
    return Way("همین ساعت، دوباره", form.page_of(asked.slot.pk, asked.slot.office.code))


def _other_day(form: AskedHourForm, asked: AskedHour) -> Way:
    return Way("روز دیگر در همین دفتر", form.calendar(asked.slot.office.code))


def _same_day(form: AskedHourForm, asked: AskedHour) -> Way:
    address = form.calendar(asked.slot.office.code, day=asked.slot.day.isoformat())
    return Way("همهٔ وقت‌های این دفتر", f"{address}#hours")


def _first_day(form: AskedHourForm, asked: AskedHour) -> Way:
    first, _ = policy.bookable_days(tehran_day(timezone.now()))
    address = form.calendar(asked.slot.office.code, day=first.isoformat())
    return Way("دیدن زودترین روز", f"{address}#hours")


def _most_cases(form: AskedHourForm, asked: AskedHour) -> Way:
    most = policy.rules_on(asked.slot.day).most_cases
    address = form.calendar(asked.slot.office.code, cases=most)
    return Way(f"وقت برای {in_words(most)} پرونده", address)


def _services_of_office(form: AskedHourForm, asked: AskedHour) -> Way:
    return Way("خدمت‌های این دفتر", form.calendar(asked.slot.office.code, service=""))


def _offices(form: AskedHourForm, asked: AskedHour) -> Way:
    wanted = {"county": asked.slot.office.county.code, "service": asked.service.code}
    return Way("دفترهای نزدیک", f"{reverse('citizen:find_office')}?{urlencode(wanted)}")


def _mine(form: AskedHourForm, asked: AskedHour) -> Way:
    return Way("نوبت‌های من", reverse("citizen:my_appointments"))


def _waiting_room(form: AskedHourForm, asked: AskedHour) -> Way:
    here = form.page_of(asked.slot.pk, asked.slot.office.code)
    return Way("دوباره در صف", with_way_back("waiting_room", here))


WAYS: dict[type[RuleBroken], tuple[Callable[[AskedHourForm, AskedHour], Way], ...]] = {
    book.SlotFull: (_same_day,),
    book.NoTurnAfter: (_same_day,),
    book.Suspended: (_offices, _mine),
    book.TooManyAppointments: (_other_day, _mine),
    book.AlreadyBookedThen: (_same_day, _mine),
    book.TooEarly: (_first_day,),
    book.TooLate: (_other_day,),
    book.OfficeNotOpen: (_offices,),
    book.ServiceNotOffered: (_services_of_office, _offices),
    book.TooManyCases: (_most_cases,),
    book.KeyUsed: (_mine, _other_day),
    TicketUsed: (_waiting_room, _mine),
    TooOften: (_same_hour, _mine),
}
