import pytest
from defusedxml import ElementTree

from bench.drawing import HEIGHT, Curve, Panel, picture, top_of

SVG = "{http://www.w3.org/2000/svg}"


def panel(*curves):
    return Panel("seats left", curves, ticks=[(0, "0 s"), (10, "10 s")])


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (0.03, 0.05), (1, 1), (7, 10), (11, 20), (230, 250), (251, 500)]
)
def test_the_scale_ends_at_a_round_number_that_nothing_is_above(highest, top):
    assert top_of(highest) == pytest.approx(top)


def test_every_curve_is_drawn_and_named():
    drawn = ElementTree.fromstring(
        picture([panel(Curve("few", [(0, 1), (10, 2)]), Curve("many", [(0, 5), (10, 6)]))])
    )
    assert len(drawn.findall(f"{SVG}polyline")) == 2
    assert {"few", "many", "0 s", "10 s", "seats left"} <= {
        text.text for text in drawn.findall(f"{SVG}text")
    }


def test_more_is_higher_and_later_is_to_the_right():
    drawn = ElementTree.fromstring(picture([panel(Curve("seats", [(0, 10), (10, 0)]))]))
    points = drawn.find(f"{SVG}polyline").get("points").split()
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in points)
    assert x1 < x2
    assert y1 < y2  # an SVG counts downwards


def test_panels_stand_one_below_the_other():
    seats = panel(Curve("seats", [(0, 10), (10, 0)]))
    drawn = ElementTree.fromstring(picture([seats, seats]))
    assert drawn.get("height") == str(2 * HEIGHT)
    first, second = (
        float(line.get("points").split()[0].split(",")[1]) for line in drawn.iter(f"{SVG}polyline")
    )
    assert second - first == HEIGHT


def test_what_a_curve_is_called_cannot_break_the_picture():
    drawn = picture([panel(Curve("<&>", [(0, 1), (1, 1)]))])
    assert "&lt;&amp;&gt;" in drawn
    ElementTree.fromstring(drawn)


def test_numbers_of_the_scale_are_written_out():
    drawn = ElementTree.fromstring(picture([panel(Curve("many", [(0, 9_000), (10, 0.5)]))]))
    assert {"0", "2,500", "10,000"} <= {text.text for text in drawn.findall(f"{SVG}text")}
