"""The association keeps the counties: a name, a code, where the seat is."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import County, Province
from nobat.offices.places import forget_choices
from nobat.people.models import Person
from nobat.shared.alphabet import alphabetical
from nobat.shared.persian import fold, fold_packed
from nobat.shared.rules import RuleBroken

# The Statistical Centre's four digits; one county without such a code bears a letter.
_CODE = re.compile(r"[0-9]{2}[0-9A-Z][0-9]")


class WrongCountyCode(RuleBroken):
    status = 422


class CountyCodeTaken(RuleBroken):
    message = "شهرستان دیگری این کد را دارد. کد را از فهرست مرکز آمار دوباره بخوانید."


class CountyThereAlready(RuleBroken):
    message = (
        "این استان شهرستانی با همین نام دارد. همان را ویرایش کنید، یا نام دیگری بنویسید که مردم "
        "آن دو را از هم بشناسند."
    )


class CountyHasOffices(RuleBroken):
    message = (
        "این شهرستان دفتر دارد و برداشته نمی‌شود. اگر شهرستان دیگر نیست، اول دفترهایش را به "
        "شهرستان دیگری ببرید."
    )


@dataclass(frozen=True, kw_only=True)
class CountyDetails:
    """Cleaned for showing; coordinates are those of the seat, in degrees."""

    code: str
    name: str
    other_name: str
    lat: float | None
    lon: float | None


def add_county(*, province: Province, details: CountyDetails, by: Person) -> County:
    """A county that citizens find and offices can lie in, from the next minute on.

    Raises WrongCountyCode, CountyCodeTaken or CountyThereAlready.
    """
    with transaction.atomic():
        _one_at_a_time()
        county = County(province=province, position=0)
        _set(county, details, by)
    forget_choices()
    return county


def set_county(*, county: County, details: CountyDetails, by: Person) -> None:
    """Another name, code or seat; its offices stay in it. Raises as add_county does."""
    with transaction.atomic():
        _one_at_a_time()
        _set(County.objects.select_for_update(no_key=True).get(pk=county.pk), details, by)
    forget_choices()


def remove_county(*, county: County, by: Person) -> None:
    """One that was added by mistake. Raises CountyHasOffices, and has done nothing then."""
    with transaction.atomic():
        record(Act.COUNTY_SET, county, by=by, at=timezone.now(), code=county.code, removed=True)
        try:
            County.objects.filter(pk=county.pk).delete()
        except ProtectedError as problem:
            raise CountyHasOffices from problem
    forget_choices()


def _one_at_a_time() -> None:
    """Codes, names and the alphabet hold for all of them together."""
    list(Province.objects.order_by("pk").select_for_update(no_key=True))


def _set(county: County, details: CountyDetails, by: Person) -> None:
    _refuse_impossible(county, details)
    fields = [name for name, value in vars(details).items() if getattr(county, name) != value]
    if county.pk and not fields:
        return
    for name in fields:
        setattr(county, name, getattr(details, name))
    county.name_key = fold(f"{county.name} {county.other_name}")
    county.save()
    _put_in_alphabetical_order()
    record(Act.COUNTY_SET, county, by=by, at=timezone.now(), code=county.code, fields=fields)


def _refuse_impossible(county: County, details: CountyDetails) -> None:
    province = county.province_id
    if not _CODE.fullmatch(details.code) or not details.code.startswith(province):
        raise WrongCountyCode(
            f"کد شهرستان چهار رقم است و در این استان با {province} آغاز می‌شود. کد را از فهرست "
            "مرکز آمار بخوانید."
        )
    others = County.objects.exclude(pk=county.pk)
    if others.filter(code=details.code).exists():
        raise CountyCodeTaken
    names = others.filter(province=province).values_list("name", flat=True)
    if fold_packed(details.name) in map(fold_packed, names):
        raise CountyThereAlready


def _put_in_alphabetical_order() -> None:
    counties = sorted(County.objects.all(), key=lambda county: alphabetical(county.name))
    moved = [
        county for position, county in enumerate(counties, start=1) if county.position != position
    ]
    for position, county in enumerate(counties, start=1):
        county.position = position
    County.objects.bulk_update(moved, ["position"])
