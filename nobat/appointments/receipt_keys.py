"""The keys of receipts: the first of RECEIPT_KEY signs, each of them proves.

A key is named by the beginning of its public half, so that nobody has to give it a name, and
who checks alone knows which one to take. Several may share a beginning: each is tried then.
"""

import base64
from functools import cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings

NAME_BYTES = 4


class _Key(NamedTuple):
    private: Ed25519PrivateKey
    public: bytes

    @property
    def name(self) -> str:
        return self.public[:NAME_BYTES].hex()


def signing_key_name() -> str:
    """Eight hex digits that say which key signs now."""
    return _keys()[0].name


def sign(text: bytes) -> bytes:
    """64 bytes, by the key that signs now."""
    return _keys()[0].private.sign(text)


def has_signed(text: bytes, signature: bytes, *, key_name: str) -> bool:
    """Whether one of ours with this name did; the empty name is that of each."""
    named = [key.public for key in _keys() if key_name in ("", key.name)]
    return any(_fits(signature, text, public) for public in named)


def public_keys() -> list[bytes]:
    """32 bytes each, with which anybody checks a receipt and nobody makes one."""
    return [key.public for key in _keys()]


def _fits(signature: bytes, text: bytes, public: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except InvalidSignature:
        return False
    return True


def _keys() -> list[_Key]:
    return [_key(encoded) for encoded in settings.RECEIPT_KEYS]


@cache
def _key(encoded: str) -> _Key:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(encoded, validate=True))
    return _Key(private, private.public_key().public_bytes_raw())
