"""The world that is tried, and everybody in it."""

import os
import secrets
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests.fuzz.roles import SMS_CODE, more_to_do
from tests.fuzz.tries import Figures
from tests.web.citizen.journey import ANSWER
from tests.web.test_strangers import World

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _as_a_site_runs(settings, monkeypatch):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}
    settings.CAPTCHA_ANSWER = ANSWER
    same_digits = SimpleNamespace(randbelow=lambda _: int(SMS_CODE), token_hex=secrets.token_hex)
    monkeypatch.setattr("nobat.people.codes.secrets", same_digits)
    cache.clear()


@pytest.fixture
def cast(sara, reza, maryam, bahram, naser, dr_karimi, office, petition):
    return {
        "sara": sara, "reza": reza, "maryam": maryam, "bahram": bahram, "naser": naser,
        "dr_karimi": dr_karimi, "office": office, "petition": petition,
    }  # fmt: skip


@pytest.fixture
def world(cast, slot, clock) -> World:
    world = World(cast["sara"], slot, cast["petition"], cast["office"], cast["maryam"], clock)
    world.more = more_to_do(world, cast)
    return world


@pytest.fixture(scope="session")
def figures():
    """Of all tries of this run; `make fuzz` adds up those of many runs."""
    counted = Figures()
    yield counted
    counted.keep(os.environ.get("FUZZ_FIGURES", ""))
