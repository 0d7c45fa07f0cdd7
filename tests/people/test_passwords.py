import pytest

from nobat.people.passwords import is_right_password, password_problem, set_password
from tests.build import PASSWORD

NUMBERS = ("+989173456789", "0012345679")


@pytest.mark.parametrize("password", [PASSWORD, "سرو ناز شیراز", "a tall cypress", "x1z" * 42])
def test_eight_to_128_signs_of_any_kind_are_enough(password):
    assert password_problem(password, numbers=NUMBERS) is None


@pytest.mark.parametrize(
    "password",
    ["", "Abc-123", "۱۲۳۴۵۶۷", "        ab", "x1" * 64 + "x", "with\x00zero", "two\nlines-1"],
)
def test_too_short_too_long_and_invisible_signs_are_refused(password):
    assert password_problem(password, numbers=NUMBERS)


@pytest.mark.parametrize(
    "password", ["12345678", "۱۲۳۴۵۶۷۸", "password", "Password1", "aaaaaaaaaaaa", "qwertyui"]
)
def test_what_everybody_takes_is_refused(password):
    assert password_problem(password, numbers=NUMBERS)


@pytest.mark.parametrize(
    "password",
    ["09173456789", "9173456789", "+989173456789", "۰۹۱۷۳۴۵۶۷۸۹", "0012345679", "001-234567-9"],
)
def test_ones_own_mobile_and_national_code_are_refused(password):
    assert password_problem(password, numbers=NUMBERS)


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("sarv-naz-41", "sarv-naz-۴۱"),
        ("sarv-naz-۴۱", "sarv-naz-٤١"),
        ("سرو ناز شیرازی", "سرو ناز شيرازي"),
        ("sarv-naz-41", " \u200fsarv-naz-41\u200e "),
        ("cafe\u0301-tehran", "caf\u00e9-tehran"),
    ],
)
def test_a_password_is_right_whichever_keyboard_types_it(sara, chosen, typed):
    set_password(sara, chosen)

    assert is_right_password(sara, typed)


@pytest.mark.parametrize("typed", ["", "sarv-naz-42", "Sarv-Naz-41x", "x" * 5000])
def test_another_password_is_wrong(sara, typed):
    set_password(sara, "sarv-naz-41")

    assert not is_right_password(sara, typed)


def test_nobodys_password_is_wrong():
    assert not is_right_password(None, PASSWORD)


def test_a_password_is_kept_as_an_argon2_hash(sara):
    set_password(sara, PASSWORD)

    assert sara.password.startswith("argon2")
    assert PASSWORD not in sara.password
