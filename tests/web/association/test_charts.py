import re
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from nobat.web.association.charts import Mark, bars, columns, line, shares, ticks_up_to

TEHRAN, FARS = Mark("تهران", 0.9, "۹۰٪"), Mark("فارس", 0.45, "۴۵٪")
DRAWINGS = [
    bars("one", [TEHRAN, FARS]),
    columns("one", [TEHRAN, FARS]),
    line("one", [TEHRAN, FARS], {0: "۰", 1: "۱"}),
    shares("one", [TEHRAN, FARS]),
]


def shapes(svg: str, kind: str = "rect", name: str = "a") -> list[Element]:
    return [each for each in fromstring(svg).iter(kind) if each.get("class") == name]


def numbers(found: list[Element], attribute: str) -> list[float]:
    return [float(each.get(attribute, "")) for each in found]


@pytest.mark.parametrize("svg", DRAWINGS, ids=["bars", "columns", "line", "shares"])
def test_a_drawing_is_read_out_with_all_of_its_numbers(svg):
    root = fromstring(svg)
    [title] = [each for each in root if each.tag == "title"]

    assert title.text == "تهران ۹۰٪، فارس ۴۵٪"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert "style" not in svg


@pytest.mark.parametrize("svg", DRAWINGS[:3], ids=["bars", "columns", "line"])
def test_each_value_stands_beside_its_mark(svg):
    words = [each.text for each in fromstring(svg).iter("text")]
    assert {"تهران", "۹۰٪", "فارس", "۴۵٪"} <= set(words)


def test_bars_begin_at_the_right_and_are_as_long_as_their_values():
    found = shapes(bars("one", [TEHRAN, FARS]))
    lengths, starts = numbers(found, "width"), numbers(found, "x")

    assert lengths[0] == 2 * lengths[1]
    assert [x + width for x, width in zip(starts, lengths, strict=True)] == [276, 276]


def test_a_whole_is_as_long_as_the_track():
    svg = bars("one", [Mark("تهران", 1, "۱۰۰٪"), FARS], whole=1)
    assert numbers(shapes(svg), "width")[0] == numbers(shapes(svg, name="track"), "width")[0]


def test_long_names_stand_above_their_bars():
    title = "درخواست صدور گواهی حصر وراثت"
    name = next(fromstring(bars("one", [Mark(title, 1, "۱")])).iter("text"))
    [bar] = shapes(bars("one", [Mark(title, 1, "۱")]))

    assert float(name.get("y", "")) < float(bar.get("y", ""))


def test_time_runs_from_right_to_left():
    for svg in (columns("one", [TEHRAN, FARS]), line("one", [TEHRAN, FARS], {0: "۰", 1: "۱"})):
        places = {each.text: float(each.get("x", "")) for each in fromstring(svg).iter("text")}
        assert places["تهران"] > places["فارس"]


def test_columns_are_as_high_as_their_values():
    heights = numbers(shapes(columns("one", [TEHRAN, FARS])), "height")
    assert heights[0] == 2 * heights[1]


def test_a_line_goes_higher_for_more_and_skips_what_is_not_known():
    marks = [Mark("مهر", 2, "۲"), Mark("آبان", None, ""), Mark("آذر", 4, "۴")]
    svg = line("one", marks, {0: "۰", 4: "۴"})
    heights = numbers(shapes(svg, "circle"), "cy")

    assert len(heights) == 2
    assert heights[0] > heights[1]
    assert re.search(r"M366 \d+L20 \d+", svg)


def test_one_point_is_no_line():
    svg = line("one", [Mark("مهر", 2, "۲")], {0: "۰", 4: "۴"})
    assert not shapes(svg, "path", "line")
    assert len(shapes(svg, "circle")) == 1


def test_shares_fill_the_whole_from_the_right():
    svg = shares("one", [Mark("آمد", 3, "۷۵٪"), Mark("نیامد", 0, "۰٪"), Mark("حذف", 1, "۲۵٪")])
    [first], [third] = shapes(svg, name="a"), shapes(svg, name="c")

    assert not shapes(svg, name="b")
    assert (float(first.get("x")), float(first.get("width"))) == (101, 298)
    assert (float(third.get("x")), float(third.get("width"))) == (1, 98)


def test_a_name_is_only_a_name():
    svg = bars("one", [Mark("<script>", 1, "۱")])
    assert "<script>" not in svg


def test_nothing_is_no_mistake():
    empty = [Mark("تهران", None, "")]
    for draw in (bars, columns, shares):
        fromstring(draw("one", []))
        fromstring(draw("one", empty))


@pytest.mark.parametrize(
    ("largest", "ticks"),
    [(0.4, [0, 1, 2]), (3.4, [0, 1, 2, 3, 4]), (8.6, [0, 5, 10]), (17, [0, 5, 10, 15, 20])],
)
def test_lines_behind_it_stand_at_round_numbers(largest, ticks):
    assert ticks_up_to(largest) == ticks
