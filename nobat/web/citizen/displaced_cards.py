"""Appointments whose hour a closure took: each shows what is kept for it, or the nearest hour."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Outcome, Proposal
from nobat.appointments.proposal import open_proposal
from nobat.offices.models import OfficeStatus
from nobat.schedule.models import Slot
from nobat.schedule.nearest_free import nearest_free
from nobat.shared.jalali import tehran_day
from nobat.web.citizen.asked_hour import calendar_address
from nobat.web.citizen.other_offices import other_offices

OTHER_OFFICES = 3


class Offer(NamedTuple):
    """A free hour of the same office, and the page that asks whether it is wanted."""

    starts_at: datetime
    ends_at: datetime
    address: str


class Kept(NamedTuple):
    """The hour that is kept for this citizen: one press takes it."""

    proposal: Proposal
    metres: int | None  # from the office that closed, if it is at another one
    key: str  # made with the page: pressing twice takes it once


class DisplacedCard(NamedTuple):
    appointment: Appointment
    kept: Kept | None
    calendar: str  # the free hours of its office; empty where it gives none for the service
    offer: Offer | None
    others: list[dict[str, Any]]  # only where the office itself has nothing free


def displaced_card(appointment: Appointment, *, can_move: bool) -> DisplacedCard:
    """Wants the appointment with its office and service; `can_move` if its citizen may book."""
    is_given = _is_given(appointment)
    calendar = _calendar(appointment, appointment.office.code) if is_given else ""
    if not can_move:
        return DisplacedCard(appointment, kept=None, calendar="", offer=None, others=[])
    kept = _kept(appointment)
    if kept:
        return DisplacedCard(appointment, kept, calendar, offer=None, others=[])
    first, last = policy.bookable_days(tehran_day(timezone.now()))
    offer = _offer(appointment, first, last) if is_given else None
    others = [] if offer else _others(appointment, first, last)
    return DisplacedCard(appointment, None, calendar, offer, others)


def _kept(appointment: Appointment) -> Kept | None:
    """Unless it has lapsed, or closed meanwhile, too."""
    proposal = open_proposal(appointment)
    if proposal is None or proposal.slot_id is None or not proposal.is_held(timezone.now()):
        return None
    free = Slot.objects.free(but_for=appointment.pk).filter(pk=proposal.slot_id)
    if not free.exists():
        return None
    is_elsewhere = proposal.outcome == Outcome.OTHER_OFFICE
    return Kept(proposal, proposal.metres if is_elsewhere else None, str(uuid4()))


def _is_given(appointment: Appointment) -> bool:
    """Whether its office still gives turns for its service."""
    office = appointment.office
    offered = office.services.filter(pk=appointment.service_id, is_bookable=True)
    return office.status == OfficeStatus.OPEN and offered.exists()


def _offer(appointment: Appointment, first: date, last: date) -> Offer | None:
    turns = policy.turns_for(appointment.cases, first)
    otherwise = policy.days_with_other_turns(appointment.cases, turns, first, last)
    found = nearest_free(
        appointment.office,
        wanted=appointment.starts_at,
        turns=turns,
        first=first,
        last=last,
        count=1,
        but_not=_refused_to(appointment, turns) | Q(day__in=otherwise),
        but_for=appointment.pk,
    )
    if not found:
        return None
    nearest = found[0]
    asked = {
        "slot": nearest.slot_id,
        "service": appointment.service.code,
        "cases": appointment.cases,
    }
    page = reverse("citizen:move", args=[appointment.reference])
    return Offer(nearest.starts_at, nearest.ends_at, f"{page}?{urlencode(asked)}")


def _refused_to(appointment: Appointment, turns: int) -> Q:
    """Slots that the citizen's other appointments stand in the way of; see take_turn.sql."""
    standing = Appointment.objects.filter(citizen=appointment.citizen_id).holding_a_seat()
    refused = Q()
    turns_of_day: Counter[date] = Counter()
    for other in standing:
        refused |= Q(starts_at__lt=other.ends_at, ends_at__gt=other.starts_at)
        if other.office_id == appointment.office_id:
            turns_of_day[other.day] += len(other.slot_ids)
    full = [
        day
        for day, taken in turns_of_day.items()
        if taken + turns > policy.rules_on(day).turns_per_office_and_day
    ]
    return refused | Q(day__in=full)


def _others(appointment: Appointment, first: date, last: date) -> list[dict[str, Any]]:
    service = appointment.service.code
    found = other_offices(appointment.office, service=service, first=first, last=last)
    return [
        {"office": each, "address": _calendar(appointment, each.code)}
        for each in found[:OTHER_OFFICES]
    ]


def _calendar(appointment: Appointment, office_code: str) -> str:
    return calendar_address(
        office_code,
        service=appointment.service.code,
        cases=appointment.cases,
        moving=appointment.reference,
    )
