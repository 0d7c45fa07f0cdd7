"""What the page of an office shows, whoever asks: no request reaches this file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.offices.find import OfficeSearch
from nobat.offices.models import OfficeStatus
from nobat.schedule.availability import OfficeCalendar, Window, availability
from nobat.schedule.hours import StandingHours
from nobat.schedule.office_calendar import office_calendar
from nobat.schedule.timetable import CalendarCounty, CalendarOffice, Timetable
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import fa_digits, latin_digits
from nobat.shared.phone import grouped_phone
from nobat.web.citizen.asked_time import AskedTime, read_time
from nobat.web.citizen.calendar_months import shown_days
from nobat.web.citizen.drawn_offices import drawn_cards
from nobat.web.citizen.office_cards import cards, geo, map_of, pin
from nobat.web.citizen.other_offices import other_offices
from nobat.web.citizen.times import draw_papers, draw_times, draw_what_changed, first_free
from nobat.web.opening_hours import Week, opening_hours
from nobat.web.pattern import draw

OFFICES_AROUND = 5


class OfficePage(NamedTuple):
    title: str  # of the office
    html: SafeString  # the main part of the page, or of it only what changes


def office_page(
    code: str, asked: Mapping[str, str], *, moving: Appointment | None, is_part: bool
) -> OfficePage:
    """The office with its days and the hours of the chosen one; one statement.

    `moving` is the appointment that looks for another hour. Raises Http404 where there is
    no office of that code.
    """
    today = tehran_day(timezone.now())
    window = Window(today, *policy.bookable_days(today))
    days = shown_days(window)
    time = read_time(asked, office_code=code, moving=moving, today=today)
    found = _calendar(code, window, days, time)
    office, services = found.timetable.office, found.services
    if office.status != OfficeStatus.OPEN or not services:
        times = _no_turns_here(office, window)
        return OfficePage(office.title, _draw(found.timetable, window, None, times))
    time.choose_service(services)
    free = availability(found, window, days=days, chosen=time.day)
    around = SafeString()
    if not first_free(free, time.day):
        around = _nearest_free(office, time.service.code, window)
    if is_part:
        html = draw_what_changed(free, time, services, window, around=around)
    else:
        times = draw_times(free, time, services, window, around=around)
        html = _draw(found.timetable, window, time, times)
    return OfficePage(office.title, html)


def _calendar(code: str, window: Window, days: Sequence[date], asked: AskedTime) -> OfficeCalendar:
    moving = asked.moving
    digits = asked.office_code = latin_digits(code)
    if not (digits.isascii() and digits.isdecimal()):
        raise Http404
    found = office_calendar(
        digits,
        window,
        days=days,
        turns=asked.turns_of(window.days),
        chosen=asked.day,
        held=moving.held_slot_ids if moving else [],
        moving=moving.pk if moving else None,
    )
    if found is None:
        raise Http404
    return found


def _draw(
    found: Timetable, window: Window, asked: AskedTime | None, times: SafeString
) -> SafeString:
    words = {
        **_facts(found.office),
        "service": asked.service.code if asked else "",
        "times": times,
        "papers": draw_papers(asked.service) if asked else "",
        "opening_hours": _opening_hours(found.week, window.today, window.last),
        "is_moving": asked is not None and asked.moving is not None,
    }
    return draw("citizen/_office_page.html", words)


@lru_cache(maxsize=4096)  # there are not so many
def _facts(office: CalendarOffice) -> dict[str, str]:
    """What stands there of an office whatever is asked for, as long as it says the same."""
    address = fa_digits(f"{office.county.name}، {office.address}")
    places = map_of([pin(office, lines=[address])], towns=[office.county])
    facts = {
        "county": office.county.name,
        "county_search": _county_search(office.county),
        "title": office.title,
        "address": address,
        "dialled": f"+98{office.phone[1:]}",
        "phone": grouped_phone(office.phone),
        "manager": office.manager,
        "code": fa_digits(office.code),
        "map_title": f"جای {office.title} روی نقشه",
        "places": json_script(places),
        "geo": geo(office),
    }
    return {name: conditional_escape(said) for name, said in facts.items()}


@lru_cache(maxsize=512)  # many are open at the same hours
def _opening_hours(week: tuple[StandingHours, ...], today: date, last: date) -> list[Week]:
    return opening_hours(week, today=today, last=last)


def _county_search(county: CalendarCounty) -> str:
    return f"{_search()}?province={county.province_id}&county={county.code}"


@cache
def _search() -> str:
    return reverse("citizen:find_office")


def _no_turns_here(office: CalendarOffice, window: Window) -> SafeString:
    context = {
        "office": office,
        "is_open": office.status == OfficeStatus.OPEN,
        "is_gone": office.status == OfficeStatus.CLOSED,
        "county_search": _county_search(office.county),
        "around": _nearest_free(office, "", window),
    }
    return SafeString(render_to_string("citizen/_no_turns_here.html", context))


def _nearest_free(office: CalendarOffice, service: str, window: Window) -> SafeString:
    """Others with that service and a free hour: a full calendar is no dead end."""
    others = other_offices(office, service=service, first=window.first, last=window.last)
    free = others[:OFFICES_AROUND]
    if not free:
        return SafeString()
    county = office.county
    search = OfficeSearch(service=service, near=(office.lat, office.lon))
    place = replace(search, province=county.province_id, county=county.code)
    around = drawn_cards(cards(free, of=place), until=window.last)
    return SafeString(render_to_string("citizen/_offices_around.html", {"around": around}))
