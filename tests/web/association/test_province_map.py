import pytest
from defusedxml.ElementTree import fromstring

from nobat.figures.figures import Figures
from nobat.figures.parts import PartRow
from nobat.web.association.province_map import legend, province_map, step_of

ROWS = [
    PartRow("07", "فارس", 3, Figures(wait=39, measured=10)),
    PartRow("23", "تهران", 9, Figures(wait=200, measured=10)),
    PartRow("30", "البرز", 1, Figures()),
]


@pytest.fixture
def svg():
    return fromstring(province_map(ROWS, lambda code: f"/association/figures/?province={code}"))


def test_all_provinces_are_drawn_and_those_with_offices_lead_on(svg):
    assert len(list(svg.iter("path"))) == 31
    assert [each.get("href", "")[-2:] for each in svg.iter("a")] == ["07", "23", "30"]


def test_a_province_says_its_name_and_its_days(svg):
    titles = [each.find("title").text for each in svg.iter("a")]
    assert titles == ["فارس: ۳٫۹ روز", "تهران: ۲۰ روز", "البرز: اندازه گرفته نشده"]
    assert [each.get("aria-label") for each in svg.iter("a")] == titles
    assert [each.find("text").text for each in svg.iter("a")] == ["۴", "۲۰", None]


def test_the_colour_follows_the_days(svg):
    classes = [each.find("path").get("class") for each in svg.iter("a")]
    assert classes == ["province step-2", "province step-5", "province step-none"]


@pytest.mark.parametrize(
    ("days", "step"),
    [(1, 1), (2.04, 1), (2.1, 2), (4, 2), (7, 3), (7.1, 4), (14, 4), (14.1, 5), (31, 5)],
)
def test_a_step_ends_with_the_days_that_its_words_name(days, step):
    assert step_of(days) == f"step-{step}"


def test_the_legend_counts_all_31_provinces():
    found = {each.name: each.provinces for each in legend(ROWS)}
    assert found == {
        "step-1": 0,
        "step-2": 1,
        "step-3": 0,
        "step-4": 0,
        "step-5": 1,
        "step-none": 29,
    }
