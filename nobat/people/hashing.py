"""How dear a password is to guess, and how dear it is to check."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id as OWASP's cheat sheet sets it: 19 MiB, two passes, one thread.

    Django's own setting takes a hundred megabytes and a tenfold of the time, on a server
    whose citizens all sign in on the same morning.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
