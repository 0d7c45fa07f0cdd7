"""What must not be readable in the database: sealed texts, and keyed digests to find them by.

DATA_KEYS lists "id:base64 of 32 bytes". The first seals; any of them opens, so a new key is
put in front. Digests are made with the last one: they must stay the same for life, because
accounts are found by them.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_KEY_BYTES = 32
_NONCE_BYTES = 12
_DIGEST_LABEL = b"nobat: keyed digest"


class CannotUnseal(Exception):
    """The blob was sealed for something else, with a key that is gone, or was altered."""


def seal(plain: str, context: str) -> bytes:
    """Encrypt, so that it only opens with the same context ("people.Person:identity")."""
    key_id, key = next(iter(_keys().items()))
    nonce = os.urandom(_NONCE_BYTES)
    text = AESGCM(key).encrypt(nonce, plain.encode(), context.encode())
    name = key_id.encode()
    return bytes([len(name)]) + name + nonce + text


def unseal(blob: bytes | memoryview, context: str) -> str:
    """The text that was sealed; raises CannotUnseal rather than give a wrong one."""
    blob = bytes(blob)
    name, rest = (
        blob[1 : 1 + blob[0]] if blob else b"",
        blob[1 + blob[0] :] if blob else b"",
    )
    key = _keys().get(name.decode("ascii", "replace"))
    if key is None or len(rest) <= _NONCE_BYTES:
        raise CannotUnseal
    try:
        text = AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise CannotUnseal from None
    return text.decode()


def digest(text: str, context: str) -> str:
    """64 hex digits, the same each time, from which nobody without the key gets back."""
    oldest = list(_keys().values())[-1]
    key = hmac.digest(oldest, _DIGEST_LABEL, hashlib.sha256)
    return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()


def is_data_key(text: str) -> bool:
    """Whether this is "id:base64 of 32 bytes", as DATA_KEYS wants it."""
    key_id, _, encoded = text.partition(":")
    try:
        return 0 < len(key_id.encode("ascii")) < 256 and len(_decoded(encoded)) == _KEY_BYTES
    except ValueError:
        return False


def _keys() -> dict[str, bytes]:
    pairs = (text.partition(":") for text in settings.DATA_KEYS)
    return {key_id: _decoded(encoded) for key_id, _, encoded in pairs}


def _decoded(encoded: str) -> bytes:
    return base64.b64decode(encoded, validate=True)
