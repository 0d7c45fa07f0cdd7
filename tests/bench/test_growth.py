from defusedxml import ElementTree

from bench.growth import NAMES, costs_of, growth_picture
from bench.result import Result

FOUND = {name: Result(rps=1, p50_ms=1, app_cpu_ms=1.23456, db_cpu_ms=0.5) for name in NAMES}


def test_only_processor_time_is_compared_between_sizes():
    assert costs_of(FOUND)["booking"] == {"app_cpu_ms": 1.235, "db_cpu_ms": 0.5}


def test_every_request_has_a_panel_with_both_curves_through_all_sizes():
    sizes = {"1×, 30 days": costs_of(FOUND), "4×, 90 days": costs_of(FOUND)}
    drawn = ElementTree.fromstring(growth_picture(sizes))
    curves = list(drawn.iter("{http://www.w3.org/2000/svg}polyline"))
    assert len(curves) == 2 * len(NAMES)
    assert all(len(curve.get("points").split()) == 2 for curve in curves)
