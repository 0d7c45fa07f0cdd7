"""Totals as the job would have counted them."""

from datetime import date

from django.db.models import F

from nobat.figures.models import OfficeDayTotal, ProvinceDayTotal
from nobat.offices.models import Office


def total(office: Office, day: date, **counts: int) -> None:
    """Of the office, and in its province's."""
    OfficeDayTotal.objects.create(office=office, day=day, **counts)
    province, _ = ProvinceDayTotal.objects.get_or_create(
        province_id=office.county.province_id, day=day
    )
    more = {name: F(name) + number for name, number in counts.items()}
    ProvinceDayTotal.objects.filter(pk=province.pk).update(**more)
