from nobat.people.models import IdentityKind
from nobat.people.nationality import COUNTRIES, identity_kinds


def test_iran_stands_first_and_the_neighbours_most_present_follow():
    assert list(COUNTRIES)[:4] == ["IR", "AF", "PK", "IQ"]


def test_every_country_has_a_code_of_two_letters_and_a_name_of_its_own():
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)
    assert len(set(COUNTRIES.values())) == len(COUNTRIES) > 190


def test_an_iranian_gives_the_national_code_and_nobody_else_does():
    assert identity_kinds("IR") == (IdentityKind.NATIONAL,)
    for code in COUNTRIES.keys() - {"IR"}:
        assert IdentityKind.NATIONAL not in identity_kinds(code)
