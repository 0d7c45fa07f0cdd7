import stat
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from nobat.local_secrets import secret


@pytest.fixture
def file(tmp_path):
    return tmp_path / "var" / "secrets.env"


def test_a_secret_is_made_once_and_stays(file):
    first = secret("SECRET_KEY", lambda: "one", kept_in=file)
    second = secret("SECRET_KEY", lambda: "two", kept_in=file)

    assert (first, second) == ("one", "one")


def test_each_name_has_a_secret_of_its_own(file):
    secret("SECRET_KEY", lambda: "one", kept_in=file)

    assert secret("RECEIPT_KEY", lambda: "two=", kept_in=file) == "two="
    assert secret("RECEIPT_KEY", lambda: "three", kept_in=file) == "two="


def test_only_the_owner_reads_them(file):
    secret("SECRET_KEY", lambda: "one", kept_in=file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_those_who_ask_at_once_get_the_same(file):
    def make():
        time.sleep(0.05)  # long enough for all of them to be here, if they could
        return str(uuid4())

    with ThreadPoolExecutor(8) as pool:
        got = pool.map(lambda _: secret("DATA_KEYS", make, kept_in=file), range(8))

    assert len(set(got)) == 1
