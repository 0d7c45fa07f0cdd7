"""Reading the environment so that a wrong value stops the start and names its variable."""

import base64
import os
import re
import stat
from datetime import time
from importlib.util import find_spec
from ipaddress import ip_network
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
KEY_BYTES = 32
_WARNING = re.compile(r"[a-z]+\.W[0-9]{3}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Environment(environ.FileAwareEnv):
    """NAME, or the contents of the file that NAME_FILE points to; empty means not set.

    django-environ alone takes every unknown word for "no" and a leading `$` for another
    variable's name, which a random SECRET_KEY may well begin with.
    """

    ENVIRON = FileAwareMapping(cache=False)

    def get_value(
        self, var: str, cast: Any = None, default: Any = None, parse_default: bool = False
    ) -> Any:
        text = self._text(var)
        if not text:
            return default
        if cast is bool:
            return _yes_or_no(var, text)
        if cast is int:
            return _number(var, text)
        return self.parse_value(text, cast)

    def networks(self, var: str) -> list[str]:
        """Networks like 192.0.2.0/24 or 2001:db8::/32, separated by commas."""
        texts = [text.strip() for text in self._text(var).split(",") if text.strip()]
        must(
            all(map(_is_network, texts)),
            f"{var} must be networks like 192.0.2.0/24, separated by commas",
        )
        return texts

    def times(self, var: str) -> list[time]:
        """Times of day like 08:00, separated by commas; the earliest first."""
        texts = [text.strip() for text in self._text(var).split(",") if text.strip()]
        must(
            all(_TIME.fullmatch(text) for text in texts),
            f"{var} must be times of day like 08:00, separated by commas",
        )
        return sorted({time.fromisoformat(text) for text in texts})

    def warnings(self, var: str) -> list[str]:
        """Names of warnings like sms.W001, separated by commas; never of an error."""
        texts = [text.strip() for text in self._text(var).split(",") if text.strip()]
        must(
            all(_WARNING.fullmatch(text) for text in texts),
            f"{var} must be like sms.W001, separated by commas",
        )
        return texts

    def one_or_more(self, var: str, *, default: int) -> int:
        number = int(self.int(var, default=default))
        must(number > 0, f"{var} must be 1 or more")
        return number

    def _text(self, var: str) -> str:
        self._must_be_kept_from_others(var)
        try:
            return str(self.ENVIRON[var]).strip()
        except KeyError:
            return ""
        except OSError as error:
            raise ImproperlyConfigured(f"{var}_FILE cannot be read: {error.strerror}") from None

    def _must_be_kept_from_others(self, var: str) -> None:
        file = os.environ.get(f"{var}_FILE", "")
        must(
            not os.path.isfile(file) or not os.stat(file).st_mode & stat.S_IROTH,
            f"{var}_FILE can be read by everybody on this machine: chmod o-r it",
        )


def _yes_or_no(name: str, text: str) -> bool:
    if text.lower() in YES | NO:
        return text.lower() in YES
    raise ImproperlyConfigured(f"{name} must be 1 (yes) or 0 (no)")


def _number(name: str, text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise ImproperlyConfigured(f"{name} must be a whole number, 0 or more")


def _is_network(text: str) -> bool:
    try:
        return bool(ip_network(text))
    except ValueError:
        return False


def is_key(text: str) -> bool:
    """Whether this is base64 of 32 bytes."""
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except ValueError:
        return False


def is_in_a_module(path: str) -> bool:
    """Whether "package.module.Class" begins with a module that exists."""
    try:
        return find_spec(path.rpartition(".")[0]) is not None
    except (ImportError, ValueError):
        return False


def is_pair_of_hours(text: str) -> bool:
    """Whether this is "22-7", or says that there are none."""
    first, _, last = text.partition("-")
    both = first.isdecimal() and last.isdecimal()
    return text.lower() in NO or (both and int(first) < 24 and int(last) < 24)


def is_on_this_machine(url: str) -> bool:
    """Whether this is "http://127.0.0.1:port"."""
    return re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]{0,4}", url) is not None


def is_https(url: str) -> bool:
    """Whether this is "https://host", perhaps with a port, and nothing else."""
    return re.fullmatch(r"https://[a-z0-9.-]+(:[1-9][0-9]{0,4})?", url) is not None


def is_https_address(url: str) -> bool:
    """Whether this is "https://host/path", without a user, a question or a mark."""
    return re.fullmatch(r"https://[a-z0-9.-]+(:[1-9][0-9]{0,4})?/[^\s?#@]*", url) is not None


def database(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """What Django needs to know of the PostgreSQL database at this address."""
    try:
        if url.startswith(("postgresql://", "postgres://")):
            return dict(environ.Env.db_url_config(url, engine="nobat.database"))
    except ValueError:  # a port that is no number
        pass
    # Without the address: it holds a password.
    raise ImproperlyConfigured(
        f"{variable} must look like postgresql://user:password@host:5432/name"
    )


def must(is_so: bool, sentence: str) -> None:
    """Stop the start with this sentence, which names the variable, unless it is so."""
    if not is_so:
        raise ImproperlyConfigured(sentence)
