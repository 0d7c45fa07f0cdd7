import base64

import pytest

from nobat.appointments.receipt_keys import has_signed, public_keys, sign, signing_key_name

FRESH = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def renewed(settings):
    """A fresh key has come in front of the old one; what the old one had signed before."""
    before = signing_key_name(), sign(b"text")
    settings.RECEIPT_KEYS = [FRESH, *settings.RECEIPT_KEYS]
    return before


def test_the_first_key_signs_and_each_proves(renewed):
    old_name, old_signature = renewed
    assert signing_key_name() == public_keys()[0][:4].hex() != old_name
    assert has_signed(b"text", sign(b"text"), key_name=signing_key_name())
    assert has_signed(b"text", old_signature, key_name=old_name)


def test_a_signature_counts_for_the_key_that_is_named_alone(renewed):
    _, old_signature = renewed
    assert not has_signed(b"text", old_signature, key_name=signing_key_name())
    assert not has_signed(b"text", old_signature, key_name="00000000")


def test_without_a_name_each_key_is_tried(renewed):
    _, old_signature = renewed
    assert has_signed(b"text", old_signature, key_name="")
    assert not has_signed(b"another text", old_signature, key_name="")


def test_a_key_that_proves_may_stand_behind_before_it_signs(settings):
    name = signing_key_name()
    settings.RECEIPT_KEYS = [*settings.RECEIPT_KEYS, FRESH]
    assert signing_key_name() == name
    assert len(public_keys()) == 2
