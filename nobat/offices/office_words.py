"""The details of an office in words, as an export writes them and a preview shows them."""

from collections.abc import Mapping
from typing import Any

from nobat.offices.known_places import KnownPlaces

BETWEEN_SERVICES = "؛ "


def in_words(details: Mapping[str, Any], places: KnownPlaces) -> dict[str, str]:
    """Each detail as text, under the name of its column, with the province beside the county."""
    county = places.county_of[details["county"]]
    titles = sorted(places.titles[code] for code in details["services"])
    return {
        **{name: str(value) for name, value in details.items()},
        "province": county.province.name,
        "county": county.name,
        "services": BETWEEN_SERVICES.join(titles),
        "is_exempt": "بله" if details["is_exempt"] else "خیر",
    }
