"""What must not be readable in the database: sealed texts, and keyed digests to find them by.

DATA_KEYS lists "id:base64 of 32 bytes". The first seals; any of them opens, so a new key is
put in front. Digests are made with the last one: they must stay the same for life, because
accounts are found by them. A key may stand twice: `1,2,1` opens with 2 before anything is
sealed with it, for as long as not every machine knows it.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence

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
    key_id = sealing_key()
    key = _keys()[key_id]
    nonce = os.urandom(_NONCE_BYTES)
    text = AESGCM(key).encrypt(nonce, plain.encode(), context.encode())
    name = key_id.encode()
    return bytes([len(name)]) + name + nonce + text


def unseal(blob: bytes | memoryview, context: str) -> str:
    """The text that was sealed; raises CannotUnseal rather than give a wrong one."""
    name, rest = _parts(bytes(blob))
    key = _keys().get(name)
    if key is None or len(rest) <= _NONCE_BYTES:
        raise CannotUnseal
    try:
        text = AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise CannotUnseal from None
    return text.decode()


def key_ids() -> list[str]:
    """Of each key we have; the first seals."""
    return list(_keys())


def sealing_key() -> str:
    """The id of the key that seals now."""
    return key_ids()[0]


def digest_key() -> str:
    """The id of the key that makes the digests, and stays for life."""
    return str(settings.DATA_KEYS[-1]).partition(":")[0]


def key_of(blob: bytes | memoryview) -> str:
    """The id of the key that sealed this, whether we still have it or not."""
    return _parts(bytes(blob))[0]


def digest(text: str, context: str) -> str:
    """64 hex digits, the same each time, from which nobody without the key gets back."""
    key = hmac.digest(_keys()[digest_key()], _DIGEST_LABEL, hashlib.sha256)
    return hmac.new(key, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()


def is_data_key(text: str) -> bool:
    """Whether this is "id:base64 of 32 bytes", as DATA_KEYS wants it."""
    key_id, _, encoded = text.partition(":")
    try:
        return 0 < len(key_id.encode("ascii")) < 256 and len(_decoded(encoded)) == _KEY_BYTES
    except ValueError:
        return False


def are_data_keys(texts: Sequence[str]) -> bool:
    """Whether each is one, and no id stands for two of them."""
    ids = {text.partition(":")[0] for text in texts}
    return all(map(is_data_key, texts)) and len(ids) == len(set(texts))


def _parts(blob: bytes) -> tuple[str, bytes]:
    """The id of the key, and what it has sealed."""
    length = 1 + (blob[0] if blob else 0)
    return blob[1:length].decode("ascii", "replace"), blob[length:]


def _keys() -> dict[str, bytes]:
    pairs = (text.partition(":") for text in settings.DATA_KEYS)
    return {key_id: _decoded(encoded) for key_id, _, encoded in pairs}


def _decoded(encoded: str) -> bytes:
    return base64.b64decode(encoded, validate=True)
