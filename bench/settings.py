"""The settings of the site that is measured: ours, but for the hashing of passwords.

Argon2 is slow on purpose, and would be all that signing in measures. Nothing else hashes.
"""

from nobat import settings

globals().update({name: value for name, value in vars(settings).items() if name.isupper()})
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
