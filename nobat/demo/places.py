"""How the demo spreads its offices: as people live, and with the area codes they dial."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from nobat.offices.models import County


class Weight(NamedTuple):
    people: int  # thousands, census of 1395
    area_code: str
    seat: str  # the county of the provincial capital


PROVINCES = {
    "00": Weight(1429, "086", "0001"),
    "01": Weight(2531, "013", "0105"),
    "02": Weight(3284, "011", "0207"),
    "03": Weight(3910, "041", "0303"),
    "04": Weight(3265, "044", "0401"),
    "05": Weight(1952, "083", "0502"),
    "06": Weight(4711, "061", "0603"),
    "07": Weight(4851, "071", "0707"),
    "08": Weight(3165, "034", "0808"),
    "09": Weight(6434, "051", "0916"),
    "10": Weight(5121, "031", "1002"),
    "11": Weight(2775, "054", "1105"),
    "12": Weight(1603, "087", "1204"),
    "13": Weight(1738, "081", "1304"),
    "14": Weight(948, "038", "1402"),
    "15": Weight(1761, "066", "1503"),
    "16": Weight(580, "084", "1601"),
    "17": Weight(713, "074", "1701"),
    "18": Weight(1163, "077", "1801"),
    "19": Weight(1057, "024", "1904"),
    "20": Weight(702, "023", "2002"),
    "21": Weight(1139, "035", "2105"),
    "22": Weight(1776, "076", "2202"),
    "23": Weight(13268, "021", "2301"),
    "24": Weight(1270, "045", "2401"),
    "25": Weight(1292, "025", "2501"),
    "26": Weight(1274, "028", "2603"),
    "27": Weight(1869, "017", "2705"),
    "28": Weight(863, "058", "2802"),
    "29": Weight(769, "056", "2901"),
    "30": Weight(2712, "026", "3001"),
}
SHARE_OF_THE_SEAT = 0.5  # about half of a province lives in the county of its capital


def spread(offices: int, counties: Sequence[County], chance: Random) -> dict[str, int]:
    """How many of the offices each county gets, by its code.

    In proportion to its people; every county has one as soon as there are enough.
    """
    weights = _weights(counties, chance)
    everywhere = 1 if offices >= len(counties) else 0
    left = offices - everywhere * len(counties)
    exact = {code: left * weight / sum(weights.values()) for code, weight in weights.items()}
    given = {code: everywhere + int(share) for code, share in exact.items()}
    # The rest goes where rounding down took the most (largest remainder).
    by_remainder = sorted(exact, key=lambda code: (int(exact[code]) - exact[code], code))
    for code in by_remainder[: offices - sum(given.values())]:
        given[code] += 1
    return given


def _weights(counties: Sequence[County], chance: Random) -> dict[str, float]:
    parts = {county.code: chance.uniform(0.3, 1.7) for county in counties}
    weights = {}
    for county in counties:
        province = PROVINCES[county.province_id]
        if county.code == province.seat:
            weights[county.code] = province.people * SHARE_OF_THE_SEAT
            continue
        others = sum(
            parts[other.code]
            for other in counties
            if other.province_id == county.province_id and other.code != province.seat
        )
        share = parts[county.code] / others
        weights[county.code] = province.people * (1 - SHARE_OF_THE_SEAT) * share
    return weights
