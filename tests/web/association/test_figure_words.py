import pytest

from nobat.web.association.figure_words import (
    days_apart,
    more_or_less,
    points_apart,
    said_count,
    said_days,
    said_share,
)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.73, "۷۳٪"),
        (0.051, "۵٫۱٪"),
        (0.05, "۵٪"),
        (0.0996, "۱۰٪"),
        (0, "۰٪"),
        (1, "۱۰۰٪"),
        (None, "—"),
    ],
)
def test_small_shares_are_said_more_exactly(share, said):
    assert said_share(share) == said


def test_counts_and_days():
    assert said_count(218403) == "۲۱۸٬۴۰۳"
    assert said_days(4.2) == "۴٫۲ روز"
    assert said_days(4.0) == "۴ روز"
    assert (said_count(None), said_days(None)) == ("—", "—")


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (106, 100, "۶٪ بیشتر از مهر"),
        (90, 100, "۱۰٪ کمتر از مهر"),
        (1001, 1000, "مانند مهر"),
        (3, 0, "در مهر چیزی نبود"),
        (0, 0, ""),
    ],
)
def test_counts_are_compared(now, before, said):
    assert more_or_less(now, before, "مهر") == said


def test_shares_and_days_are_compared():
    assert points_apart(0.051, 0.059, "مهر") == "۰٫۸ واحد کمتر از مهر"
    assert points_apart(0.0591, 0.059, "مهر") == "مانند مهر"
    assert days_apart(4.2, 4.8, "مهر") == "۰٫۶ روز کوتاه‌تر از مهر"
    assert days_apart(5, 4, "مهر") == "۱ روز بلندتر از مهر"
    assert days_apart(5, None, "مهر") == points_apart(None, 0.1, "مهر") == ""
