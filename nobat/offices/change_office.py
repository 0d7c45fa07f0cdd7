"""The association writes down another name, address or service of one office, or a new one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from nobat.offices.models import Office
from nobat.offices.office_details import OfficeDetails, details_of, differing
from nobat.offices.write_offices import Change, add_offices, change_offices
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class CodeIsTaken(RuleBroken):
    message = "دفتری با این کد هست. کد دیگری بنویسید، یا همان دفتر را در فهرست پیدا و ویرایش کنید."


def change_office(*, office: Office, values: Mapping[str, Any], by: Person) -> list[str]:
    """These details from now on, as office_details.py reads them; returns what differed."""
    now = timezone.now()
    with transaction.atomic():
        locked = Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        old = details_of([locked])[locked.code]
        wanted = replace(old, **values)
        fields = differing(old, wanted)
        if fields:
            change_offices(changes=[Change(locked, wanted, fields)], by=by, at=now)
    return fields


def add_office(*, details: OfficeDetails, by: Person) -> Office:
    """An open office, which gives turns once its manager has set its hours. CodeIsTaken."""
    try:
        with transaction.atomic():
            [office] = add_offices(wanted=[details], by=by, at=timezone.now())
    except IntegrityError as problem:
        raise CodeIsTaken from problem
    return office
