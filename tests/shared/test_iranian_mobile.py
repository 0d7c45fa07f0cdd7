import pytest

from nobat.shared.iranian_mobile import iranian_mobile


@pytest.mark.parametrize(
    "written",
    [
        "09120000001",
        "989120000001",
        "+989120000001",
        "00989120000001",
        "9120000001",
        "۰۹۱۲ ۰۰۰ ۰۰۰۱",
        " 98 912-000-0001",  # the + of a form that was not encoded
    ],
)
def test_every_way_of_writing_a_mobile_has_one_form(written):
    assert iranian_mobile(written) == "+989120000001"


@pytest.mark.parametrize("written", ["", "20001", "BANK", "02188000000", "+905321234567", "0912"])
def test_what_is_no_iranian_mobile_has_none(written):
    assert iranian_mobile(written) is None
