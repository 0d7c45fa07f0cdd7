import base64

import pytest

from nobat.shared.sealed import (
    CannotUnseal,
    are_data_keys,
    digest,
    digest_key,
    is_data_key,
    key_ids,
    key_of,
    seal,
    sealing_key,
    unseal,
)

OLD = "1:" + base64.b64encode(b"o" * 32).decode()
FRESH = "2:" + base64.b64encode(b"f" * 32).decode()


@pytest.fixture(autouse=True)
def keys(settings):
    settings.DATA_KEYS = [OLD]
    return settings


def test_what_is_sealed_opens_again():
    assert unseal(seal("۰۰۱۲۳۴۵۶۷۹", "identity"), "identity") == "۰۰۱۲۳۴۵۶۷۹"


def test_a_sealed_text_shows_nothing_and_is_never_the_same_twice():
    one, other = seal("0012345679", "identity"), seal("0012345679", "identity")

    assert one != other
    assert b"0012345679" not in one


def test_what_was_sealed_for_one_thing_does_not_open_for_another():
    blob = seal("0012345679", "identity")

    with pytest.raises(CannotUnseal):
        unseal(blob, "sms")


def test_an_altered_blob_does_not_open():
    blob = bytearray(seal("0012345679", "identity"))
    blob[-1] ^= 1

    with pytest.raises(CannotUnseal):
        unseal(bytes(blob), "identity")


@pytest.mark.parametrize("blob", [b"", b"\x00", b"\x01", b"\x019", b"\x01" + b"1" * 12])
def test_what_was_never_sealed_does_not_open(blob):
    with pytest.raises(CannotUnseal):
        unseal(blob, "identity")


def test_an_old_key_still_opens_after_a_fresh_one_came(keys):
    blob = seal("0012345679", "identity")
    keys.DATA_KEYS = [FRESH, OLD]

    assert unseal(blob, "identity") == "0012345679"


def test_the_first_key_seals(keys):
    keys.DATA_KEYS = [FRESH, OLD]
    blob = seal("0012345679", "identity")
    keys.DATA_KEYS = [FRESH]

    assert unseal(blob, "identity") == "0012345679"


def test_a_key_that_is_gone_opens_nothing_more(keys):
    blob = seal("0012345679", "identity")
    keys.DATA_KEYS = [FRESH]

    with pytest.raises(CannotUnseal):
        unseal(blob, "identity")


def test_a_digest_stays_the_same_when_a_fresh_key_comes(keys):
    before = digest("0012345679", "identity")
    keys.DATA_KEYS = [FRESH, OLD]

    assert digest("0012345679", "identity") == before
    assert len(before) == 64


def test_a_key_may_open_before_it_seals_and_the_digests_stay(keys):
    before = digest("0012345679", "identity")
    keys.DATA_KEYS = [FRESH, OLD]
    from_a_machine_that_is_ahead = seal("0012345679", "identity")
    keys.DATA_KEYS = [OLD, FRESH, OLD]

    assert unseal(from_a_machine_that_is_ahead, "identity") == "0012345679"
    assert digest("0012345679", "identity") == before
    assert (sealing_key(), digest_key(), key_ids()) == ("1", "1", ["1", "2"])


def test_a_sealed_text_says_which_key_it_needs(keys):
    blob = seal("0012345679", "identity")
    keys.DATA_KEYS = [FRESH]

    assert key_of(blob) == "1"
    assert key_of(b"") == ""


def test_one_id_never_stands_for_two_keys():
    assert are_data_keys([OLD, FRESH, OLD])
    assert not are_data_keys([OLD, "1" + FRESH[1:]])
    assert not are_data_keys([OLD, "2:*"])


def test_digests_differ_by_text_by_context_and_by_key(keys):
    one = digest("0012345679", "identity")

    assert digest("0012345687", "identity") != one
    assert digest("0012345679", "throttle") != one
    keys.DATA_KEYS = [FRESH]
    assert digest("0012345679", "identity") != one


@pytest.mark.parametrize("text", ["", "1:", "1:c2hvcnQ=", ":" + OLD[2:], OLD[2:], "1:*"])
def test_a_data_key_has_a_name_and_32_bytes(text):
    assert is_data_key(OLD)
    assert not is_data_key(text)
