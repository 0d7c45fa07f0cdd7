"""The hour that somebody asks for: read from the address of a page, or from its form."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.offices.models import Service
from nobat.schedule.models import Slot

_LARGEST_ID = 2**63 - 1
_ANY = "an-office"  # in whose place a code stands


@dataclass(frozen=True)
class AskedHour:
    """One turn, or two in a row; `last` is None where nothing follows the first."""

    slot: Slot
    last: Slot | None
    service: Service
    cases: int
    moving_id: int | None = None  # the appointment that would move to it

    @property
    def turns(self) -> int:
        return policy.turns_for(self.cases, self.slot.day)

    def is_free(self, *, held: list[int]) -> bool:
        """Whether there are seats, or the appointment that moves holds them already."""
        wanted = {each.pk for each in (self.slot, self.last) if each}
        free = Slot.objects.free(but_for=self.moving_id).filter(pk__in=wanted)
        here = wanted <= {*held, *free.values_list("pk", flat=True)}
        return self.last is not None and here


class AskedHourForm(forms.Form):
    """What is asked for stands in the address and again in the form, which counts.

    So a stranger who signs in first, or whose session ended meanwhile, comes back to
    exactly this hour. `key` is made with the page, so that pressing twice books once.
    """

    slot = forms.IntegerField(min_value=1, max_value=_LARGEST_ID)
    service = forms.SlugField()
    cases = forms.IntegerField(required=False)
    key = forms.UUIDField()

    def __init__(
        self, request: HttpRequest, *, office_code: str = "", moving: Appointment | None = None
    ) -> None:
        asked = request.GET.dict() | {"key": str(uuid4())}
        if request.method == "POST":
            asked |= {"key": ""} | request.POST.dict()
        super().__init__(asked)
        self.office_code = office_code
        self.moving = moving

    def clean_cases(self) -> int:
        cases = self.cleaned_data["cases"]
        return 1 if cases is None else int(cases)

    @property
    def wanted(self) -> dict[str, Any]:
        """What booking and moving take."""
        asked = self.cleaned_data
        return {"slot_id": asked["slot"]} | {
            name: asked[name] for name in ("service", "cases", "key")
        }

    @property
    def choice(self) -> tuple[Any, ...]:
        """Hour, service and cases, without the key."""
        return tuple(self.cleaned_data[name] for name in ("slot", "service", "cases"))

    def hour(self) -> AskedHour | None:
        """The hour with its office and service; None if there is no such hour or service."""
        asked = self.cleaned_data
        slot = Slot.objects.select_related("office__county").filter(pk=asked["slot"]).first()
        service = Service.objects.filter(code=asked["service"], is_bookable=True).first()
        if slot is None or service is None or self.office_code not in ("", slot.office.code):
            return None
        last: Slot | None = slot
        if policy.turns_for(asked["cases"], slot.day) > 1:
            last = Slot.objects.filter(office=slot.office, starts_at=slot.ends_at).first()
        moving_id = self.moving.pk if self.moving else None
        return AskedHour(slot, last, service, asked["cases"], moving_id)

    def calendar(self, office_code: str = "", **chosen: Any) -> str:
        """The page of an office's free hours, with what is chosen already."""
        moving = self.moving
        code = office_code or self.office_code or (moving.office.code if moving else "")
        choice = {name: self.cleaned_data.get(name) for name in ("service", "cases")}
        choice |= {"moving": moving.reference} if moving else {}
        return calendar_address(code, **(choice | chosen))

    def page_of(self, slot_id: int, office_code: str) -> str:
        """This page for another hour."""
        page = (
            reverse("citizen:move", args=[self.moving.reference])
            if self.moving
            else page_of_office("book", office_code)
        )
        asked = self.cleaned_data
        query = {"slot": slot_id, "service": asked["service"], "cases": asked["cases"]}
        return f"{page}?{urlencode(query)}"


def calendar_address(office_code: str, **chosen: Any) -> str:
    """The page of an office's free hours; what is empty does not go into the address."""
    query = urlencode({name: value for name, value in chosen.items() if value})
    address = page_of_office("choose_time", office_code)
    return f"{address}?{query}" if query else address


@lru_cache(maxsize=4096)
def page_of_office(name: str, code: str) -> str:
    """Finding the address of a page takes long, and differs in the code alone."""
    return _page_of(name).replace(_ANY, quote(code))


@cache
def _page_of(name: str) -> str:
    return reverse(f"citizen:{name}", args=[_ANY])
