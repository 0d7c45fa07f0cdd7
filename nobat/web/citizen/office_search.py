"""What a citizen looks for, read from the address, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from nobat.offices.find import OfficeSearch
from nobat.offices.places import Choice, ProvinceChoices, SubjectChoices, provinces, subjects
from nobat.shared.persian import clean, fa_digits, latin_digits

_LONGEST = 80  # characters of a name; whatever follows is no name
_LAST_PAGE = 10_000
_WORDS = {"name": "نام", "manager": "مدیر", "phone": "تلفن", "code": "کد"}
_UNKNOWN = "استان، شهرستان یا خدمتی که در نشانی این صفحه بود شناخته نشد؛ بدون آن گشتیم."


@dataclass(frozen=True, kw_only=True)
class AskedFor:
    search: OfficeSearch
    province: Choice | None
    county: Choice | None
    service: Choice | None
    page: int
    remark: str  # what of the address was left out, and why

    @cached_property
    def heading(self) -> str:
        if self.county:
            return f"دفترهای {self.county.name}"
        if self.province:
            return f"دفترهای استان {self.province.name}"
        return "دفترهای نزدیک شما" if self.search.near else "دفترهای سراسر کشور"

    @cached_property
    def where(self) -> str:
        """«در شیراز»"""
        if self.county:
            return f"در {self.county.name}"
        return f"در استان {self.province.name}" if self.province else ""

    @cached_property
    def called(self) -> str:
        """«با نام «ارغوان» و مدیر «کیانی»»"""
        said = [f"{word} «{fa_digits(getattr(self.search, key))}»" for key, word in self._words()]
        return f"با {' و '.join(said)}" if said else ""

    @property
    def without_words(self) -> str:
        """Where all offices of this place and subject are, if only some are asked for."""
        return self.address(**dict.fromkeys(_WORDS, "")) if self.search.has_words else ""

    @property
    def whole_province(self) -> str:
        if not self.county:
            return ""
        return self.address(county="", **dict.fromkeys(_WORDS, ""))

    @property
    def without_near(self) -> str:
        return self.address(lat="", lon="")

    def _words(self) -> list[tuple[str, str]]:
        return [(key, word) for key, word in _WORDS.items() if getattr(self.search, key)]

    def parameters(self) -> dict[str, str]:
        """What is asked, as the address says it; the page is not among it."""
        search = self.search
        places = {
            "province": search.province,
            "county": search.county,
            "service": search.service,
        }
        words = {key: getattr(search, key) for key in _WORDS}
        near = {"lat": f"{search.near[0]:g}", "lon": f"{search.near[1]:g}"} if search.near else {}
        return {key: said for key, said in (places | words | near).items() if said}

    def beside_near(self) -> dict[str, str]:
        """What is still asked when somebody says where they are."""
        asked = self.parameters().items()
        return {key: said for key, said in asked if key not in {"lat", "lon"}}

    def address(self, **changes: str) -> str:
        """The page with some of it changed; an empty text leaves a parameter out."""
        asked = {key: said for key, said in (self.parameters() | changes).items() if said}
        page = reverse("citizen:find_office")
        return f"{page}?{urlencode(asked)}" if asked else page


def read_search(parameters: Mapping[str, str]) -> AskedFor:
    """Never fails: what cannot be understood is left out, with a remark where it matters."""
    province, county, remark = _read_place(parameters)
    service_code = _text(parameters, "service")
    service = _known_services(subjects()).get(service_code)
    if service_code and not service:
        remark = _UNKNOWN
    search = OfficeSearch(
        province=province.code if province else "",
        county=county.code if county else "",
        service=service.code if service else "",
        near=_read_near(parameters),
        **{key: _text(parameters, key) for key in _WORDS},
    )
    return AskedFor(
        search=search,
        province=province,
        county=county,
        service=service,
        page=_read_page(parameters),
        remark=remark,
    )


def _read_place(parameters: Mapping[str, str]) -> tuple[Choice | None, Choice | None, str]:
    province_code, county_code = _text(parameters, "province"), _text(parameters, "county")
    known = _known_places(provinces())
    province = known.provinces.get(province_code)
    its_province, county = known.counties.get(county_code, (None, None))
    if province and county and province != its_province:
        # Without the script nothing empties the county when another province is chosen.
        remark = f"{county.name} در استان {province.name} نیست؛ همهٔ استان {province.name} را گشتیم."
        return province, None, remark
    is_unknown = (province_code and not province) or (county_code and not county)
    return province or its_province, county, _UNKNOWN if is_unknown else ""


class _Places(NamedTuple):
    provinces: dict[str, Choice]
    counties: dict[str, tuple[Choice, Choice]]  # each behind its province


@lru_cache(maxsize=2)
def _known_places(places: tuple[ProvinceChoices, ...]) -> _Places:
    known = {place.code: Choice(place.code, place.name) for place in places}
    return _Places(
        known,
        {county.code: (known[place.code], county) for place in places for county in place.counties},
    )


@lru_cache(maxsize=2)
def _known_services(heads: tuple[SubjectChoices, ...]) -> dict[str, Choice]:
    return {choice.code: choice for head in heads for choice in head.subjects}


def _text(parameters: Mapping[str, str], key: str) -> str:
    said = parameters.get(key, "")
    return clean(said)[:_LONGEST].strip() if said else ""


def _read_near(parameters: Mapping[str, str]) -> tuple[float, float] | None:
    lat, lon = (_degrees(_text(parameters, key)) for key in ("lat", "lon"))
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return lat, lon


def _degrees(text: str) -> float | None:
    """To about a hundred metres: enough to sort by, and nobody's front door."""
    try:
        return round(float(text), 3)
    except ValueError:
        return None


def _read_page(parameters: Mapping[str, str]) -> int:
    written = latin_digits(_text(parameters, "page"))
    if not written.isascii() or not written.isdecimal():
        return 1
    return min(max(int(written), 1), _LAST_PAGE)
