"""The same square country as in test_provinces.py, as a drawing."""

import json
import re

import pytest

from scripts.province_paths import MADE, paths
from tests.scripts.test_provinces import TOPOLOGY, two_provinces  # noqa: F401 (a fixture)


@pytest.mark.parametrize("code", ["00", "01"])
def test_the_number_of_a_province_stands_in_its_middle(code):
    made = json.loads(paths(json.dumps(TOPOLOGY)))
    [province] = [each for each in made["provinces"] if each["code"] == code]
    points = [
        tuple(map(float, point.split())) for point in re.findall(r"[\d.]+ [\d.]+", province["path"])
    ]
    middle_x = (min(x for x, _ in points) + max(x for x, _ in points)) / 2

    assert province["x"] == pytest.approx(middle_x, abs=20)
    assert 0 < province["y"] < made["height"]


def test_neighbours_share_their_border():
    west, east = json.loads(paths(json.dumps(TOPOLOGY)))["provinces"]
    points = [set(re.findall(r"[\d.]+ [\d.]+", each["path"])) for each in (west, east)]
    assert len(points[0] & points[1]) >= 2


def test_the_map_of_the_figures_has_every_province():
    made = json.loads(MADE.read_text(encoding="utf-8"))
    assert [each["code"] for each in made["provinces"]] == [f"{code:02}" for code in range(31)]
