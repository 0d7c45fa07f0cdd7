from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest

from nobat.shared.persian import fa_digits
from nobat.visits.day_sheet import EMPTY_ROWS, DaySheet, SheetRow
from nobat.visits.day_sheet_pdf import day_sheet_pdf

A4_IN_POINTS = (595, 842)
NAMES_BEGIN_AT = 415  # the left edge of their column, in points
ROW = SheetRow(
    hour="۱۰:۰۰",
    name="سارا محمدی",
    tail="۴۵۶",
    service="تنظیم دادخواست یا شکواییه",
    cases="۲",
    reference="۴۸۱ ۹۲۷ ۳۵۰۶",
)
SHEET = DaySheet(
    office="دفتر نارنجستان",
    office_code="۱۰۲۱",
    county="شیراز",
    day="یکشنبه ۱۳ اردیبهشت ۱۴۰۵",
    printed="شنبه ۱۲ اردیبهشت، ساعت ۱۸:۳۰",
    how_many="۱",
    last_number="",
    rows=[ROW],
    walk_ins=[SheetRow()] * EMPTY_ROWS,
)


def texts_of(sheet):
    with closing(pypdfium2.PdfDocument(day_sheet_pdf(sheet))) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def with_rows(*rows):
    return replace(SHEET, rows=list(rows), how_many=fa_digits(len(rows)))


def test_the_paper_says_who_comes_when_and_with_which_code():
    [text] = texts_of(SHEET)
    for words in ("۱۰:۰۰", "سارا محمدی", "۴۵۶", "تنظیم دادخواست یا شکواییه"):
        assert words in text
    # Copied text runs from right to left, so the groups of the code stand in reverse.
    assert "۳۵۰۶ ۹۲۷ ۴۸۱" in text


def test_two_hundred_people_come_on_pages_that_each_say_whose_they_are():
    pages = texts_of(with_rows(*[ROW] * 200))
    assert 5 < len(pages) < 10
    assert sum(text.count("سارا محمدی") for text in pages) == 200
    for number, text in enumerate(pages, 1):
        assert "یکشنبه ۱۳ اردیبهشت ۱۴۰۵" in text
        assert "۲۰۰ نوبت" in text
        assert "دفتر نارنجستان" in text
        assert "کد رهگیری" in text
        assert fa_digits(f"صفحٔه {number} از {len(pages)}") in text.replace("هٔ", "ٔه")


def test_the_paper_is_a4():
    with closing(pypdfium2.PdfDocument(day_sheet_pdf(SHEET))) as document:
        assert [tuple(map(round, page.get_size())) for page in document] == [A4_IN_POINTS]


def test_a_day_with_nobody_is_one_page_for_those_who_come_without():
    [text] = texts_of(with_rows())
    assert "برای این روز نوبتی ثبت نشده است" in text
    assert "نتیجه" in text


def test_what_happened_before_the_network_went_is_on_it():
    row = replace(ROW, came="۰۹:۵۲", number="۷", result="مدارک ناقص")
    [text] = texts_of(replace(with_rows(row), last_number="۱۲"))
    for words in ("۰۹:۵۲", "مدارک ناقص", "آخرین شماره: ۱۲"):
        assert words in text


@pytest.mark.parametrize("name", ['#panic("x")', "$1$ *b* = _i_", "@label <x>", "\\u{41} [x]"])
def test_what_somebody_is_called_is_never_read_as_a_command(name):
    [text] = texts_of(with_rows(replace(ROW, name=name)))
    # Brackets are mirrored in text copied from right to left.
    assert set(name) - set(" ()[]<>{}") <= set(text)


def test_a_name_of_many_joined_words_stays_in_its_column():
    pdf = day_sheet_pdf(with_rows(replace(ROW, name="Q\u200c" * 60)))
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        text = document[0].get_textpage()
        letters = [at for at, letter in enumerate(text.get_text_range()) if letter == "Q"]
        left = min(text.get_charbox(letter)[0] for letter in letters)
    assert left > NAMES_BEGIN_AT
