"""How dear a password is to guess, and how dear it is to check."""

from functools import cache
from hashlib import sha256

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.crypto import salted_hmac


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP's cheat sheet sets it: 19 MiB, two passes, one thread.

    Django's own setting takes a hundred megabytes and a tenfold of the time, on a server
    whose citizens all sign in on the same morning.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def session_proof(password: str) -> str:
    """What a session keeps of the (hashed) password with which it was begun: it ends when that
    is changed, or the secret key. sessions.py asks the database for the same."""
    return sha256(f"{mark_of_the_secret_key()}{password}".encode()).hexdigest()


@cache
def mark_of_the_secret_key() -> str:
    """Tells one secret key from another, and nothing of it."""
    return salted_hmac("nobat.people.hashing", "sessions").hexdigest()
