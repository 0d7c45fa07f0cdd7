import pytest

from nobat.web.association.journal_details import Detail, details_in_words


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"day": "2026-05-03"}, ("روز", "یکشنبه ۱۳ اردیبهشت ۱۴۰۵")),
        ({"until": "2026-05-03T06:30:00+00:00"}, ("تا", "یکشنبه ۱۳ اردیبهشت ۱۴۰۵، ساعت ۱۰:۰۰")),
        ({"why": "خیابان بسته بود"}, ("دلیل", "خیابان بسته بود")),
        ({"office": "1021"}, ("دفتر", "۱۰۲۱")),
        ({"role": "manager"}, ("نقش", "مدیر دفتر")),
        ({"role": "association reader"}, ("نقش", "فقط دیدن")),
        ({"answer": "was_closed"}, ("پاسخ", "دفتر بسته بود")),
        ({"outcome": "served"}, ("نتیجه", "انجام شد")),
        ({"late": True}, ("دیر به سامانه رسید", "بله")),
        ({"has_seat": False}, ("جای کسی که نیامد", "نه")),
        ({"added": ["petition", "notice"]}, ("افزوده", "petition، notice")),
        ({"removed": []}, ("برداشته", "هیچ")),
        ({"hours": [[0, "08:00", "12:00", 30, 2]]}, ("تکه‌های هفته", "۱")),
        ({"sessions": 2}, ("دستگاه خارج‌شده", "۲")),
    ],
    ids=str,
)
def test_what_is_known_is_said_in_words(details, words):
    assert list(details_in_words(details)) == [Detail(*words)]


def test_numbers_of_rows_are_left_out():
    assert list(details_in_words({"slots": [1], "objection": 3, "appointment": 4})) == []


@pytest.mark.parametrize("details", [{"colour": "green"}, {"day": "green"}, {"until": None}])
def test_what_is_not_known_is_shown_as_it_was_written(details):
    [(name, value)] = details.items()
    assert list(details_in_words(details)) == [Detail(name, str(value), is_raw=True)]
