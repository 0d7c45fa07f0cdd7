import pytest

from nobat.people.mobile import NotAMobile, local_form, mobile_number


@pytest.mark.parametrize(
    "typed",
    [
        "09170001234",
        "9170001234",
        "+989170001234",
        "00989170001234",
        "989170001234",
        "0917 000 1234",
        "0917-000-1234",
        "+98 (917) 000-1234",
        "0917.000.1234",
        "۰۹۱۷۰۰۰۱۲۳۴",
        "٠٩١٧٠٠٠١٢٣٤",
        "۰۹۱۷ ۰۰۰ ۱۲۳۴",
        "۰۹۱۷\u200c۰۰۰\u200c۱۲۳۴",
        "0917\u00a0000\u00a01234",
        "\u202a+989170001234\u202c",
        "\u200e09170001234\u200f",
        "\ufeff09170001234",
        "0917–000–1234",
        "０９１７０００１２３４",
        "  09170001234\n",
    ],
)
def test_every_usual_way_of_writing_is_one_number(typed):
    assert mobile_number(typed) == "+989170001234"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "0917000123",
        "091700012345",
        "07132000112",
        "02188776655",
        "+93701234567",
        "+9647901234567",
        "+9809170001234",
        "0917abc1234",
        "0917000123۴x",
        "09170001234;09170001235",
        "+1 917 000 1234",
    ],
)
def test_what_is_no_iranian_mobile_is_refused(typed):
    with pytest.raises(NotAMobile):
        mobile_number(typed)


def test_an_unassigned_range_is_not_refused_because_the_sms_proves_it():
    assert mobile_number("09610001234") == "+989610001234"


def test_at_home_the_number_begins_with_zero():
    assert local_form("+989173456789") == "09173456789"
