"""Dr Karimi works for the association."""

import pytest
from django.test import Client

from tests.build import sign_in_staff


@pytest.fixture
def karimi_works(client, dr_karimi) -> Client:
    return sign_in_staff(client, dr_karimi)
