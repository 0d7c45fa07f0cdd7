"""One appointment as it is now, and as it stays until the transaction ends."""

from collections.abc import Collection

from nobat.appointments.models import Appointment
from nobat.people.models import Person

_MAY_HAVE_CHANGED = [
    "office",
    "service",
    "cases",
    "slot",
    "second_slot",
    "day",
    "starts_at",
    "ends_at",
    "status",
    "reason",
    "moves",
]


def lock_as_it_stands(appointment: Appointment) -> None:
    """Lock the citizen, then the appointment, and read again what it says.

    A page or a job found it some time ago: since then it may have been moved, deleted or
    checked in. Slots are locked after it, as everywhere.
    """
    appointment.citizen.lock()
    locked = Appointment.objects.select_for_update(no_key=True)
    appointment.refresh_from_db(fields=_MAY_HAVE_CHANGED, from_queryset=locked)


def lock_citizens_of(appointment_ids: Collection[int]) -> None:
    """Lock the citizens of many appointments, in the order of their ids."""
    theirs = Appointment.objects.filter(pk__in=appointment_ids).values("citizen")
    locked = Person.objects.select_for_update(no_key=True).filter(pk__in=theirs)
    list(locked.order_by("pk").values_list("pk", flat=True))
