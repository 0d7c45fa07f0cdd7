import pytest

from nobat.offices.office_columns import ColumnTwice, NoHeading, OfficeLine, office_table
from nobat.offices.spreadsheet import Line


def table(*rows):
    return office_table([Line(number, list(row)) for number, row in enumerate(rows, start=1)])


@pytest.mark.parametrize(
    "heading",
    [
        ("کد", "مدیر", "عرض", "خدمت‌ها", "کشیک"),
        ("کد دفتر", "نام مدير", "عرض جغرافیایی", "خدمات", "دفتر كشيك"),
        ("CODE", "Manager", "lat", "Services", "is_exempt"),
    ],
)
def test_columns_are_known_by_persian_and_english_names(heading):
    [line] = table(heading, ("1", "2", "3", "4", "5")).lines

    assert list(line.cells) == ["code", "manager", "lat", "services", "is_exempt"]


def test_columns_stand_in_any_order_and_empty_cells_say_nothing():
    found = table(("نام", "کد", "تلفن"), ("سرو", "1021", ""), ("", "1022"))

    assert found.lines == [
        OfficeLine(2, {"name": "سرو", "code": "1021"}),
        OfficeLine(3, {"code": "1022"}),
    ]


def test_titles_may_stand_above_the_heading():
    assert table(("فهرست دفترهای فارس",), ("کد", "نام"), ("1", "سرو")).lines[0].number == 3


def test_columns_that_mean_nothing_are_named_and_not_read():
    found = table(("کد", "نام", "یادداشت", ""), ("1", "سرو", "خوب", "چه"))

    assert found.unknown == ["یادداشت"]
    assert found.lines[0].cells == {"code": "1", "name": "سرو"}


@pytest.mark.parametrize("heading", [("نام", "مدیر"), ("کد",), ("کد", "هیچ")])
def test_without_a_heading_nothing_is_guessed(heading):
    with pytest.raises(NoHeading):
        table(heading, ("1", "2"))


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(ColumnTwice, match="تلفن"):
        table(("کد", "تلفن", "شماره تلفن"), ("1", "2", "3"))
