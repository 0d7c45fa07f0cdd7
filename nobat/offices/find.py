"""Finding an office: by place, subject, name, code, manager or phone, nearest first."""

import re
from dataclasses import dataclass, replace

from django.db.models import Expression, F, FloatField, Func, Q, Subquery, Value
from django.db.models.expressions import OrderBy

from nobat.offices.models import County, Office, OfficeQuerySet, Service
from nobat.shared.persian import fold, fold_packed, without_separators

# What people put before a name; folded, and no part of the name itself.
_BEFORE_AN_OFFICE = re.compile(r"(?:(?:دفتر|دفاتر|خدمات|الکترونیک|الکترونیکی|قضایی|کد)(?: |$))*")
_BEFORE_A_MANAGER = re.compile(r"(?:(?:اقای|خانم|دکتر|مهندس)(?: |$))*")
_IN_ONE_PIECE = re.compile(r"(?:دفتر)?(?:خدمات)?(?:الکترونیکی?)?(?:قضایی)?")
# +98 and 0098, or 98 before a whole number: the area code comes without its 0 then.
_COUNTRY_CODE = re.compile(r"^(?:\+|00)98|^98(?=\d{10}$)")


@dataclass(frozen=True, kw_only=True)
class OfficeSearch:
    """What somebody looks for; whatever is empty does not narrow the search."""

    province: str = ""  # code
    county: str = ""  # code
    service: str = ""  # code
    code: str = ""
    name: str = ""  # of the office, or its code
    manager: str = ""
    phone: str = ""
    near: tuple[float, float] | None = None  # latitude and longitude of the searcher

    @property
    def has_words(self) -> bool:
        return bool(self.code or self.name or self.manager or self.phone)

    def without_words(self) -> "OfficeSearch":
        """The same place and subject, whatever the office is called."""
        return replace(self, code="", name="", manager="", phone="")


def search_keys(*, name: str, manager: str) -> dict[str, str]:
    """The four columns by which an office is found, whatever letters are typed."""
    return {
        "name_key": fold(name),
        "name_packed": fold_packed(name),
        "manager_key": fold(manager),
        "manager_packed": fold_packed(manager),
    }


def find_offices(search: OfficeSearch) -> OfficeQuerySet:
    """Offices that are open and fit the search, each with its `metres` from the searcher.

    What a page shows of them is asked in schedule/found_offices.py, in the same order.

    Nearest first, from the searcher's own place or else from the centre of the county. Where
    neither is known, `metres` is None and counties and names are in alphabetical order.
    """
    offices = _offering(search).filter(fits_words(search))
    if search.county:
        offices = offices.filter(county__code=search.county)
    if search.province:
        offices = offices.filter(county__province=search.province)
    return offices.order_by(*_nearest_first(search), *_ALPHABETICAL)


_ALPHABETICAL = ("county__province__position", "county__position", "name_key", "code")


def _nearest_first(search: OfficeSearch) -> list[OrderBy]:
    """Nothing where no place is known: the database can then follow its indexes."""
    known = search.near or search.county
    return [F("metres").asc(nulls_last=True)] if known else []


def _offering(search: OfficeSearch) -> OfficeQuerySet:
    offices = Office.objects.open().select_related("county__province")
    if search.service:
        # A subquery, so that the service is known before the offices are looked through.
        service = Service.objects.filter(code=search.service, is_bookable=True).order_by()
        offices = offices.filter(officeservice__service=Subquery(service.values("pk")))
    return offices.annotate(metres=_metres_from_searcher(search))


# ------------------------------------------------------------------------- words


def fits_words(search: OfficeSearch) -> Q:
    """The condition on offices, of whatever status, that the words of the search make."""
    wanted = Q()
    if search.name:
        wanted &= _called(search.name)
    if search.manager:
        wanted &= _spelled("manager", _after(_BEFORE_A_MANAGER, fold(search.manager)))
    if search.code:
        wanted &= Q(code__startswith=without_separators(search.code))
    if search.phone:
        number = _COUNTRY_CODE.sub("0", without_separators(search.phone))
        wanted &= Q(phone__contains=number)
    return wanted


def _called(name: str) -> Q:
    key = _after(_BEFORE_AN_OFFICE, fold(name))
    called = _spelled("name", key)
    in_one_piece = _after(_IN_ONE_PIECE, fold_packed(name))
    if in_one_piece:  # «دفترنارنجستان»
        called |= Q(name_packed__contains=in_one_piece)
    number = without_separators(key)
    return called | Q(code__startswith=number) if number.isdecimal() else called


def _after(what_comes_before: re.Pattern[str], key: str) -> str:
    found = what_comes_before.match(key)
    return key[found.end() :] if found else key


def _spelled(column: str, key: str) -> Q:
    """Each word begins a word of the name, or all of it stands in the name, spaces aside."""
    words = Q()
    for word in key.split():
        first = Q(**{f"{column}_key__startswith": word})
        words &= first | Q(**{f"{column}_key__contains": f" {word}"})
    return words | Q(**{f"{column}_packed__contains": key.replace(" ", "")})


# ---------------------------------------------------------------------- distance


class _MetresBetween(Func):
    function = "metres_between"
    output_field = FloatField()


def _metres_from_searcher(search: OfficeSearch) -> Expression:
    if search.near:
        lat, lon = search.near
        return _MetresBetween("lat", "lon", _degrees(lat), _degrees(lon))
    if search.county:
        county = County.objects.filter(code=search.county).order_by()
        centre = Subquery(county.values("lat")), Subquery(county.values("lon"))
        return _MetresBetween("lat", "lon", *centre)
    return Value(None, FloatField())


def _degrees(number: float) -> Value:
    return Value(number, FloatField())
