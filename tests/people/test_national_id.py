import pytest

from nobat.people.models import IdentityKind
from nobat.people.national_id import (
    identity_problem,
    is_national_code,
    plain_identity,
)

GOOD = ["0012345679", "1234567891", "0123456789", "9876543210", "0084575948"]


@pytest.mark.parametrize("code", GOOD)
def test_a_national_code_whose_last_digit_fits_is_taken(code):
    assert is_national_code(code)


@pytest.mark.parametrize("code", GOOD)
def test_no_other_last_digit_fits(code):
    for digit in set("0123456789") - {code[9]}:
        assert not is_national_code(code[:9] + digit)


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_are_refused_though_their_sum_fits(digit):
    assert not is_national_code(digit * 10)


def test_a_national_code_counts_the_people_of_a_place_from_one():
    assert not is_national_code("0010000003")


@pytest.mark.parametrize("code", ["", "123456789", "12345678911", "12345678", "001234567x"])
def test_a_national_code_is_ten_digits(code):
    assert not is_national_code(code)


@pytest.mark.parametrize(
    "typed",
    [
        "۰۰۱۲۳۴۵۶۷۹",
        "٠٠١٢٣٤٥٦٧٩",
        "۰۰1۲٣۴۵۶۷۹",
        "001-234567-9",
        " 0012345679 ",
        "001\u200c234\u200c5679",
        "\u202a0012345679\u202c",
        "\u200f۰۰۱۲۳۴۵۶۷۹\ufeff",
        "００１２３４５６７９",
    ],
)
def test_a_national_code_is_taken_however_it_is_typed(typed):
    assert is_national_code(typed)
    assert plain_identity(typed) == "0012345679"


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityKind.FOREIGN_UNIQUE, "123456789012"),
        (IdentityKind.FOREIGN_UNIQUE, "۱۲۳-۴۵۶ ۷۸۹\u200c۰۱۲"),
        (IdentityKind.FOREIGN_DOCUMENT, "P1234567"),
        (IdentityKind.FOREIGN_DOCUMENT, "p-123 45۶۷"),
        (IdentityKind.FOREIGN_DOCUMENT, "A" * 20),
        (IdentityKind.FOREIGN_DOCUMENT, "12345"),
    ],
)
def test_a_foreigner_gives_a_unique_code_or_a_document(kind, number):
    assert identity_problem(kind, number) is None


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (IdentityKind.FOREIGN_UNIQUE, "12345678901"),
        (IdentityKind.FOREIGN_UNIQUE, "1234567890123"),
        (IdentityKind.FOREIGN_UNIQUE, "12345678901A"),
        (IdentityKind.FOREIGN_UNIQUE, "1" * 12),
        (IdentityKind.FOREIGN_DOCUMENT, "A123"),
        (IdentityKind.FOREIGN_DOCUMENT, "A" * 21),
        (IdentityKind.FOREIGN_DOCUMENT, "گذرنامه۱۲۳"),
        (IdentityKind.FOREIGN_DOCUMENT, "A123;DROP"),
    ],
)
def test_another_form_is_refused_in_words(kind, number):
    assert identity_problem(kind, number)


def test_each_mistake_in_a_national_code_has_its_own_sentence():
    mistakes = ["12345", "00123x5679", "1111111111", "0012345678"]
    sentences = {identity_problem(IdentityKind.NATIONAL, code) for code in mistakes}

    assert len(sentences) == len(mistakes)


def test_a_document_is_compared_in_capitals():
    assert plain_identity("p-123 45۶۷") == "P1234567"
