"""Writing down offices whose details were checked: rows, search keys, services, journal."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from nobat.journal.acts import Act
from nobat.journal.record import record_each
from nobat.offices.find import search_keys
from nobat.offices.models import Office, OfficeService, Service
from nobat.offices.office_details import OfficeDetails
from nobat.people.models import Person

_KEYS = ("name_key", "name_packed", "manager_key", "manager_packed")


class Change(NamedTuple):
    office: Office  # locked by whoever changes it
    wanted: OfficeDetails
    fields: Collection[str]  # that are not the same


def add_offices(
    *, wanted: Sequence[OfficeDetails], by: Person | None, at: datetime
) -> list[Office]:
    """Offices that are open and have no hours yet. Inside the transaction of an act."""
    offices = Office.objects.bulk_create(_written(Office(), each) for each in wanted)
    ids = _service_ids()
    OfficeService.objects.bulk_create(
        OfficeService(office=office, service_id=ids[code])
        for office, each in zip(offices, wanted, strict=True)
        for code in sorted(each.services)
    )
    record_each(
        Act.OFFICE_ADDED, ((office, {"code": office.code}) for office in offices), by=by, at=at
    )
    return offices


def change_offices(*, changes: Sequence[Change], by: Person | None, at: datetime) -> None:
    """Only the fields that are named. Inside the transaction of an act.

    Services that cannot be booked are kept, and so is who has an appointment for a service
    that goes.
    """
    fields = {name for change in changes for name in change.fields} - {"services", "code"}
    offices = [_written(change.office, change.wanted) for change in changes]
    if fields:
        Office.objects.bulk_update(offices, sorted(fields | set(_KEYS)))
    _set_services([change for change in changes if "services" in change.fields])
    happened = (
        (each.office, {"code": each.office.code, "fields": sorted(each.fields)}) for each in changes
    )
    record_each(Act.OFFICE_CHANGED, happened, by=by, at=at)


def _written(office: Office, wanted: OfficeDetails) -> Office:
    values = dict(vars(wanted)) | search_keys(name=wanted.name, manager=wanted.manager)
    values["county_id"] = values.pop("county")
    del values["services"]
    for name, value in values.items():
        setattr(office, name, value)
    return office


def _set_services(changes: Sequence[Change]) -> None:
    ids = _service_ids()
    offered = OfficeService.objects.filter(office__in=[change.office for change in changes])
    offered.filter(service__is_bookable=True).delete()
    OfficeService.objects.bulk_create(
        OfficeService(office=change.office, service_id=ids[code])
        for change in changes
        for code in sorted(change.wanted.services)
    )


def _service_ids() -> dict[str, int]:
    return dict(Service.objects.values_list("code", "pk"))
