"""Which subjects an office gives turns for."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Office, OfficeService, Service
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class NoServices(RuleBroken):
    message = (
        "هیچ خدمتی انتخاب نشده است و دیگر کسی از این دفتر نوبت نمی‌گرفت. دست‌کم یک خدمت را "
        "نگه دارید؛ اگر می‌خواهید چند روز تعطیل باشید، آن روزها را ببندید."
    )


def set_services(*, office: Office, services: Collection[str], by: Person) -> None:
    """From now on these are the office's services, given by their codes. All or nothing.

    Who has an appointment for another one keeps it. Only what can be booked counts.
    Raises NoServices.
    """
    now = timezone.now()
    # Looked for here: a code as typed may have letters in it that no database takes.
    wanted = {each for each in Service.objects.filter(is_bookable=True) if each.code in services}
    if not wanted:
        raise NoServices
    with transaction.atomic():
        # Two managers who save at once do it one after the other.
        Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        offered = set(Service.objects.filter(officeservice__office=office, is_bookable=True))
        added, removed = wanted - offered, offered - wanted
        if not added and not removed:
            return
        OfficeService.objects.filter(office=office, service__in=removed).delete()
        OfficeService.objects.bulk_create(
            OfficeService(office=office, service=service) for service in added
        )
        record(
            Act.SERVICES_SET,
            office,
            by=by,
            at=now,
            added=sorted(service.code for service in added),
            removed=sorted(service.code for service in removed),
        )
