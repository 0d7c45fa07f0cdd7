"""What the words in a list of offices mean: its counties, and its services."""

from collections import defaultdict
from typing import NamedTuple

from nobat.offices.models import County, Province, Service
from nobat.offices.office_details import WrongDetail
from nobat.shared.persian import fold_packed, without_separators

_BEFORE_A_COUNTY, _BEFORE_A_PROVINCE = "شهرستان", "استان"
_BETWEEN_SERVICES = str.maketrans(dict.fromkeys(";؛|", "\n"))
_ALSO_BETWEEN_SERVICES = str.maketrans(dict.fromkeys(",،", "\n"))


class KnownPlaces(NamedTuple):
    """Read once for a whole list, so that three thousand rows ask the database for nothing."""

    provinces: dict[str, str]  # folded name → code
    counties: dict[str, list[County]]  # folded names and codes → with its province
    county_of: dict[int, County]
    services: dict[str, str]  # folded title and code → code
    titles: dict[str, str]  # code → title

    def county(self, name: str, province: str = "") -> County:
        """By name or code; `province` tells two of one name apart. Raises WrongDetail."""
        found = self.counties.get(_key(name, _BEFORE_A_COUNTY)) or self._by_code(name)
        if province:
            code = self.province(province)
            found = [county for county in found if county.province_id == code]
        if len(found) != 1:
            where = f" در استان «{province}»" if province else ""
            few = "بیش از یک بار هست؛ ستون استان را هم بنویسید" if found else "شناخته نیست"
            raise WrongDetail(f"شهرستان «{name}»{where} {few}.")
        return found[0]

    def province(self, name: str) -> str:
        """Its code. Raises WrongDetail."""
        code = self.provinces.get(_key(name, _BEFORE_A_PROVINCE))
        if code is None:
            raise WrongDetail(f"استان «{name}» شناخته نیست.")
        return code

    def service_codes(self, text: str) -> frozenset[str]:
        """Of titles or codes with «؛» or a new line between them. Raises WrongDetail."""
        codes: set[str] = set()
        for part in text.translate(_BETWEEN_SERVICES).split("\n"):
            # Titles may have a comma in them, and so a comma parts only what is no title.
            whole = fold_packed(part) in self.services
            words = [part] if whole else part.translate(_ALSO_BETWEEN_SERVICES).split("\n")
            codes.update(self._service(word) for word in words if word.strip())
        return frozenset(codes)

    def _service(self, words: str) -> str:
        code = self.services.get(fold_packed(words))
        if code is None:
            raise WrongDetail(f"خدمت «{words.strip()}» شناخته نیست.")
        return code

    def _by_code(self, text: str) -> list[County]:
        digits = without_separators(text)  # spreadsheets make 707 of 0707
        return self.counties.get(digits.zfill(4), []) if digits.isdecimal() else []


def known_places() -> KnownPlaces:
    """As they stand now."""
    counties: dict[str, list[County]] = defaultdict(list)
    every = list(County.objects.select_related("province"))
    for county in every:
        for key in {fold_packed(county.name), fold_packed(county.other_name), county.code} - {""}:
            counties[key].append(county)
    bookable = list(Service.objects.filter(is_bookable=True).values_list("code", "title"))
    return KnownPlaces(
        provinces={fold_packed(each.name): each.code for each in Province.objects.all()},
        counties=dict(counties),
        county_of={county.pk: county for county in every},
        services={fold_packed(name): code for code, title in bookable for name in (code, title)},
        titles=dict(bookable),
    )


def _key(name: str, word_before: str) -> str:
    return fold_packed(name).removeprefix(word_before)
