"""A square country of two provinces, with a border that both share."""

import json

import pytest

from scripts import provinces
from scripts.provinces import MapChanged, outlines

# Whole-number steps; west and east share the arc 0, which east runs through backwards.
WEST, EAST = "IR.MK", "IR.GI"
TOPOLOGY = {
    "transform": {"scale": [0.1, 0.1], "translate": [50, 30]},
    "arcs": [
        [[10, 0], [0, 5], [0, 5]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "irn": {
            "geometries": [
                {"type": "MultiPolygon", "id": "-99", "arcs": [[[1]]]},
                {"type": "Polygon", "id": WEST, "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": EAST, "arcs": [[[2, -1]]]},
            ]
        }
    },
}


@pytest.fixture(autouse=True)
def two_provinces(monkeypatch):
    two = {code: provinces.PROVINCES[code] for code in (WEST, EAST)}
    monkeypatch.setattr(provinces, "PROVINCES", two)


def features(topology):
    return json.loads(outlines(json.dumps(topology)))["features"]


def test_each_province_has_its_code_and_its_persian_name_and_slivers_fall_out():
    assert [feature["properties"] for feature in features(TOPOLOGY)] == [
        {"code": "00", "name": "مرکزی"},
        {"code": "01", "name": "گیلان"},
    ]


def test_neighbours_have_the_same_border_and_a_straight_line_has_no_points_between():
    west, east = (feature["geometry"]["coordinates"][0][0] for feature in features(TOPOLOGY))

    assert west == [[51, 30], [51, 31], [50, 31], [50, 30], [51, 30]]
    assert east == [[51, 30], [52, 30], [52, 31], [51, 31], [51, 30]]


def test_a_map_without_one_of_the_provinces_is_refused():
    fewer = json.loads(json.dumps(TOPOLOGY))
    fewer["objects"]["irn"]["geometries"].pop()

    with pytest.raises(MapChanged):
        features(fewer)
