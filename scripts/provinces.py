"""The outlines of the 31 provinces: from a package's map to one file for our pages."""

import json
import math
from typing import Any

Point = tuple[float, float]

# The map's codes → ours (ISO 3166-2:IR) and the names that people read.
PROVINCES = {
    "IR.MK": ("00", "مرکزی"),
    "IR.GI": ("01", "گیلان"),
    "IR.MN": ("02", "مازندران"),
    "IR.EA": ("03", "آذربایجان شرقی"),
    "IR.WA": ("04", "آذربایجان غربی"),
    "IR.BK": ("05", "کرمانشاه"),
    "IR.KZ": ("06", "خوزستان"),
    "IR.FA": ("07", "فارس"),
    "IR.KE": ("08", "کرمان"),
    "IR.KV": ("09", "خراسان رضوی"),
    "IR.ES": ("10", "اصفهان"),
    "IR.SB": ("11", "سیستان و بلوچستان"),
    "IR.KD": ("12", "کردستان"),
    "IR.HD": ("13", "همدان"),
    "IR.CM": ("14", "چهارمحال و بختیاری"),
    "IR.LO": ("15", "لرستان"),
    "IR.IL": ("16", "ایلام"),
    "IR.KB": ("17", "کهگیلویه و بویراحمد"),
    "IR.BS": ("18", "بوشهر"),
    "IR.ZA": ("19", "زنجان"),
    "IR.SM": ("20", "سمنان"),
    "IR.YA": ("21", "یزد"),
    "IR.HG": ("22", "هرمزگان"),
    "IR.TH": ("23", "تهران"),
    "IR.AR": ("24", "اردبیل"),
    "IR.QM": ("25", "قم"),
    "IR.QZ": ("26", "قزوین"),
    "IR.GO": ("27", "گلستان"),
    "IR.KS": ("28", "خراسان شمالی"),
    "IR.KJ": ("29", "خراسان جنوبی"),
    "IR.AL": ("30", "البرز"),
}
NAMELESS = "-99"  # a sliver on the border that belongs to no province
TOLERANCE = 0.01  # degrees, about a kilometre: less is not seen on a map of the country
DECIMALS = 3


class MapChanged(Exception):
    """The package's map no longer has the provinces that we know."""


def outlines(topojson: str, tolerance: float = TOLERANCE) -> str:
    """GeoJSON with one feature for each province; raises MapChanged if any is missing."""
    topology = json.loads(topojson)
    arcs = [_simplified(arc, tolerance) for arc in _decoded(topology)]
    shapes = [
        shape for shape in topology["objects"]["irn"]["geometries"] if shape["id"] != NAMELESS
    ]
    if {shape["id"] for shape in shapes} != set(PROVINCES):
        raise MapChanged(f"{len(shapes)} shapes, and not those of the 31 provinces")
    features = sorted(
        (_feature(shape, arcs) for shape in shapes),
        key=lambda feature: feature["properties"]["code"],
    )
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """Arcs come as whole-number steps from the point before."""
    (x_scale, y_scale), (x_start, y_start) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * x_scale + x_start, y * y_scale + y_start))
        arcs.append(arc)
    return arcs


def _simplified(line: list[Point], tolerance: float) -> list[Point]:
    """Fewer points, none of the dropped ones further away than the tolerance.

    Neighbours share an arc, so both get the same line and no gap opens between them.
    """
    if len(line) < 3:
        return line
    away = [_distance(point, line[0], line[-1]) for point in line[1:-1]]
    furthest = max(range(len(away)), key=away.__getitem__)
    if away[furthest] <= tolerance:
        return [line[0], line[-1]]
    corner = furthest + 1
    before, after = line[: corner + 1], line[corner:]
    return _simplified(before, tolerance)[:-1] + _simplified(after, tolerance)


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def _feature(shape: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    code, name = PROVINCES[shape["id"]]
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    polygons = [[_ring(ring, arcs) for ring in part] for part in parts]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {
            "type": "MultiPolygon",
            # An island too small for the tolerance has no area left.
            "coordinates": [part for part in polygons if len(part[0]) > 3],
        },
    }


def _ring(numbers: list[int], arcs: list[list[Point]]) -> list[list[float]]:
    ring: list[list[float]] = []
    for number in numbers:
        # -1 is arc 0 backwards, -2 is arc 1 backwards, and so on.
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points = [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in arc]
        ring += points[1:] if ring else points
    return ring
