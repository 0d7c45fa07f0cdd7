"""Page: one office, its days and its free hours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.appointments.receipt_words import cases_of_turns, cases_span
from nobat.offices.find import OfficeSearch
from nobat.offices.models import Office, OfficeStatus
from nobat.people.models import Person
from nobat.schedule.availability import Availability, State, Window, availability
from nobat.schedule.timetable import Timetable, timetable
from nobat.shared.jalali import tehran_day
from nobat.shared.persian import fa_digits, latin_digits
from nobat.web.access import citizen_only
from nobat.web.citizen.asked_time import AskedTime, read_time
from nobat.web.citizen.calendar_months import (
    months,
    reasons,
    shown_days,
    span_in_words,
    why_no_hours,
)
from nobat.web.citizen.hours_box import length_in_words, parts_of_day
from nobat.web.citizen.office_cards import Card, cards, geo, map_of, pin
from nobat.web.citizen.other_offices import other_offices
from nobat.web.citizen.own_appointment import own_appointment, refuse_if_over
from nobat.web.fragment import render_page_or_part, wants_part
from nobat.web.opening_hours import opening_hours

OFFICES_AROUND = 5


@require_safe
def choose_time(request: HttpRequest, code: str) -> HttpResponse:
    if request.GET.get("moving"):
        return _choose_time_to_move(request, code)
    return _answer(request, code, moving=None)


@citizen_only
def _choose_time_to_move(request: HttpRequest, code: str) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    moving = own_appointment(citizen, latin_digits(request.GET["moving"]))
    refuse_if_over(moving, timezone.now())
    return _answer(request, code, moving=moving)


def _answer(request: HttpRequest, code: str, *, moving: Appointment | None) -> HttpResponse:
    today = tehran_day(timezone.now())
    window = Window(today, *policy.bookable_days(today))
    days = shown_days(window)
    found = _timetable(code, days)
    context = _about_office(found, window) | {"here": "mine" if moving else "find"}
    if found.office.status != OfficeStatus.OPEN or not found.services:
        context["around"] = _nearest_free(found.office, "", window)
        return render(request, "citizen/choose_time.html", context)
    asked = read_time(
        request.GET.dict(),
        office_code=found.office.code,
        services=found.services,
        moving=moving,
        today=today,
    )
    held = moving.held_slot_ids if moving else []
    free = availability(
        found,
        window,
        days=days,
        turns_on=asked.turns_on,
        chosen=asked.day,
        held=held,
        moving=moving.pk if moving else None,
    )
    context |= _calendar(free, asked) | {"services": found.services}
    context["is_part"] = wants_part(request)
    if not context["first_free"]:
        context["around"] = _nearest_free(found.office, asked.service.code, window)
    return render_page_or_part(
        request, page="citizen/choose_time.html", part="citizen/_times.html", context=context
    )


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
        "months": months(free.days, chosen=asked.day, address=asked.address),
        "reasons": reasons(free.days),
        "chosen": free.chosen,
        "why_not": why_no_hours(free.chosen) if free.chosen and not free.hours else "",
        "hours": parts_of_day(free.hours, asked),
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
    return list(cards(free, of=replace(search, province=county.province_id, county=county.code)))
