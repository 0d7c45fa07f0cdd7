"""What tests of pages need besides the cast."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.build import sign_in

PLAIN_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(autouse=True)
def _no_files_of_the_front_end_needed(settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN_FILES}


@pytest.fixture(autouse=True)
def _nothing_kept_in_memory():
    cache.clear()


@pytest.fixture
def saras(sara):
    """Sara's browser, beside which Reza's may stand."""
    return sign_in(Client(), sara)


@pytest.fixture
def rezas(reza):
    return sign_in(Client(), reza)
