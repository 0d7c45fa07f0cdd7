"""What the page of an office shows, whoever asks: no request reaches this file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.appointments.receipt_words import cases_of_turns, cases_span
from nobat.offices.find import OfficeSearch
from nobat.offices.models import Office, OfficeStatus
from nobat.schedule.availability import Availability, State, Window, availability
from nobat.schedule.timetable import Timetable, timetable
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import fa_digits, latin_digits
from nobat.web.citizen.asked_time import AskedTime, read_time
from nobat.web.citizen.calendar_months import (
    months,
    reasons,
    shown_days,
    span_in_words,
    why_no_hours,
)
from nobat.web.citizen.drawn import drawn_services, drawn_tiles, drawn_weeks
from nobat.web.citizen.hours_box import length_in_words, parts_of_day
from nobat.web.citizen.office_cards import Card, cards, free_hours_of, geo, map_of, pin
from nobat.web.citizen.other_offices import other_offices
from nobat.web.opening_hours import opening_hours

OFFICES_AROUND = 5


class OfficePage(NamedTuple):
    title: str  # of the office
    html: SafeString  # the main part of the page, or of it only what changes


def office_page(
    code: str, asked: Mapping[str, str], *, moving: Appointment | None, is_part: bool
) -> OfficePage:
    """The office with its days and the hours of the chosen one; two statements.

    `moving` is the appointment that looks for another hour. Raises Http404 where there is
    no office of that code.
    """
    today = tehran_day(timezone.now())
    window = Window(today, *policy.bookable_days(today))
    days = shown_days(window)
    found = _timetable(code, days)
    context = _about_office(found, window)
    if found.office.status != OfficeStatus.OPEN or not found.services:
        context["around"] = _nearest_free(found.office, "", window)
        return _drawn(context, "citizen/_office_page.html")
    time = read_time(
        asked,
        office_code=found.office.code,
        services=found.services,
        moving=moving,
        today=today,
    )
    free = availability(
        found,
        window,
        days=days,
        turns_on=time.turns_on,
        chosen=time.day,
        held=moving.held_slot_ids if moving else [],
        moving=moving.pk if moving else None,
    )
    context |= _calendar(free, time)
    context["services"] = drawn_services(found.services, time.service.code)
    if not context["first_free"]:
        context["around"] = _nearest_free(found.office, time.service.code, window)
    if is_part:
        return _drawn(context | {"is_part": True}, "citizen/_times.html")
    return _drawn(context, "citizen/_office_page.html")


def _drawn(context: dict[str, Any], template: str) -> OfficePage:
    return OfficePage(context["office"].title, SafeString(render_to_string(template, context)))


def _timetable(code: str, days: Sequence[date]) -> Timetable:
    digits = latin_digits(code)
    if not (digits.isascii() and digits.isdecimal()):
        raise Http404
    found = timetable(digits, first=days[0], last=days[-1])
    if found is None:
        raise Http404
    return found


def _about_office(found: Timetable, window: Window) -> dict[str, Any]:
    office = found.office
    address = fa_digits(f"{office.county.name}، {office.address}")
    return {
        "office": office,
        "address": address,
        "is_open": office.status == OfficeStatus.OPEN,
        "is_gone": office.status == OfficeStatus.CLOSED,
        "geo": geo(office),
        "map": map_of([pin(office, lines=[address])], towns=[office.county]),
        "opening_hours": opening_hours(found.week, today=window.today, last=window.last),
        "last_day": window.last,
        "bookable_days": span_in_words(window.first, window.last),
        "county_search": {"province": office.county.province_id, "county": office.county.code},
    }


def _calendar(free: Availability, asked: AskedTime) -> dict[str, Any]:
    first_free = _first_free(free, asked.day)
    return {
        "asked": asked,
        "service": asked.service,
        "case_choices": _case_choices(asked),
        "months": [
            {"title": month.title, "rows": drawn_weeks(month.weeks)}
            for month in months(free.days, chosen=asked.day, address=asked.address)
        ],
        "reasons": reasons(free.days),
        "chosen": free.chosen,
        "why_not": why_no_hours(free.chosen) if free.chosen and not free.hours else "",
        "hours": [
            {"title": part.title, "tiles": drawn_tiles(part.tiles)}
            for part in parts_of_day(free.hours, asked)
        ],
        "length": length_in_words(free.hours, asked.turns),
        "first_free": first_free,
        "first_free_address": asked.address(first_free) if first_free else "",
    }


def _first_free(free: Availability, wanted: date | None) -> date | None:
    """The green day to point at: the first from the wanted one on, else the first at all."""
    green = [day.day for day in free.days if day.state is State.FREE]
    later = [day for day in green if wanted is None or day >= wanted]
    return next(iter(later + green), None)


def _case_choices(asked: AskedTime) -> list[dict[str, Any]]:
    """One or two turns; a number within the same choice stays as it was asked."""
    per_turn = policy.rules_on(asked.rules_day).cases_per_turn
    choices = []
    for turns, words in ((1, "یک نوبت"), (2, "دو نوبت")):
        fewest, most = cases_of_turns(turns, per_turn)
        choices.append(
            {
                "value": asked.cases if asked.turns == turns else fewest,
                "says": f"{cases_span(fewest, most)} پرونده ({words})",
                "is_chosen": asked.turns == turns,
            }
        )
    return choices


def _nearest_free(office: Office, service: str, window: Window) -> list[Card]:
    """Others with that service and a free hour: a full calendar is no dead end."""
    others = other_offices(office, service=service, first=window.first, last=window.last)
    free = others[:OFFICES_AROUND]
    county = office.county
    search = OfficeSearch(service=service, near=(office.lat, office.lon))
    place = replace(search, province=county.province_id, county=county.code)
    return list(cards(free, free_hours_of(free), of=place))
