"""What changes on the page of an office with each choice: its days, its hours, the papers."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.schedule.availability import Availability, Day, Window
from nobat.schedule.timetable import OfferedService
from nobat.shared.jalali import hour, long_day, short_day
from nobat.shared.persian import fa_digits
from nobat.web.citizen.asked_time import AskedTime
from nobat.web.citizen.calendar_months import span_in_words, why_no_hours
from nobat.web.citizen.drawn import drawn_calendar, drawn_cases, drawn_services, drawn_tiles
from nobat.web.citizen.hours_box import length_in_words, parts_of_day
from nobat.web.pattern import draw


def draw_times(
    free: Availability,
    asked: AskedTime,
    services: tuple[OfferedService, ...],
    window: Window,
    *,
    around: SafeString,
) -> SafeString:
    """The choice, the calendar and the hours, as they stand in the page."""
    return draw("citizen/_times.html", _words(free, asked, services, window, around))


def draw_what_changed(
    free: Availability,
    asked: AskedTime,
    services: tuple[OfferedService, ...],
    window: Window,
    *,
    around: SafeString,
) -> SafeString:
    """The same for htmx, with what else of the page changes: papers, and what is said aloud."""
    words = _words(free, asked, services, window, around)
    words |= {"said": _said(free), "papers": draw_papers(asked.service, is_part=True)}
    return draw("citizen/_times.html", words, is_part=True)


@lru_cache(maxsize=512)  # of a service they are the same everywhere
def draw_papers(service: OfferedService, *, is_part: bool = False) -> SafeString:
    words = {
        "service": service.title,
        "papers": service.papers,
        "needs_sana": service.needs_sana,
    }
    return draw("citizen/_papers.html", words, is_part=is_part)


def first_free(free: Availability, wanted: date | None) -> date | None:
    """The green day to point at: the first from the wanted one on, else the first at all."""
    green = free.days.green
    first = next(iter(green), None)
    return next((day for day in green if wanted is None or day >= wanted), first)


def _words(
    free: Availability,
    asked: AskedTime,
    services: tuple[OfferedService, ...],
    window: Window,
    around: SafeString,
) -> dict[str, Any]:
    return {
        "remarks": asked.remarks,
        "moving": _moving(asked.moving) if asked.moving else None,
        "page": asked.page,
        "services": drawn_services(services, asked.service.code),
        "case_choices": drawn_cases(
            asked.cases, asked.turns, policy.rules_on(asked.rules_day).cases_per_turn
        ),
        "chosen": free.chosen.day.isoformat() if free.chosen else "",
        "calendar": drawn_calendar(
            free.days,
            asked.day,
            caption=f"روزها، {span_in_words(window.first, window.last)}",
            address=asked.address,
        ),
        "hours": _draw_hours(free, asked, window, around),
    }


def _moving(appointment: Appointment) -> Mapping[str, Any]:
    is_displaced = appointment.status == Status.DISPLACED
    return {
        "is_displaced": is_displaced,
        "day": long_day(appointment.day),
        "hour": hour(appointment.starts_at),
        "office": appointment.office.title,
        "reference": appointment.reference,
        "back": reverse("citizen:my_appointments")
        if is_displaced
        else reverse("citizen:booked", args=[appointment.reference]),
    }


def _draw_hours(
    free: Availability, asked: AskedTime, window: Window, around: SafeString
) -> SafeString:
    nearest = first_free(free, asked.day)
    words = {
        "chosen": long_day(free.chosen.day) if free.chosen else "",
        "free": fa_digits(free.chosen.free) if free.chosen else "",
        "length": length_in_words(free.hours, asked.turns),
        "hours": [
            {
                "title": part.title,
                "tiles": drawn_tiles(part.hours, asked.turns, address=asked.next_address),
            }
            for part in parts_of_day(free.hours)
        ],
        "why_not": _why_not(free, free.chosen),
        "first_free": nearest and {"day": long_day(nearest), "address": asked.address(nearest)},
        "last_day": short_day(window.last),
        "around": around,
        "is_two": asked.turns > 1,
        "is_moving": asked.moving is not None,
    }
    return draw("citizen/_hours.html", words)


def _said(free: Availability) -> str:
    if free.chosen is None:
        return ""
    what = f"{fa_digits(free.chosen.free)} وقت آزاد" if free.hours else _why_not(free, free.chosen)
    return f"{long_day(free.chosen.day)}، {what}"


def _why_not(free: Availability, chosen: Day | None) -> str:
    return why_no_hours(chosen) if chosen and not free.hours else ""
