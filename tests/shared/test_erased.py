from nobat.shared.erased import is_pseudonym, pseudonym


def test_a_pseudonym_is_told_from_a_mobile_and_fits_in_its_place():
    assert is_pseudonym(pseudonym(1))
    assert not is_pseudonym("+989120000001")
    assert len(pseudonym(999_999_999)) == 16
    assert pseudonym(1) != pseudonym(2)
