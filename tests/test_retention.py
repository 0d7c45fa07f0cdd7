import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nobat.environment import Environment
from nobat.retention import FOR_EVER, Kept, kept

SECURITY_MD = Path(__file__).resolve().parent.parent / "docs" / "security.md"


@pytest.fixture
def kept_with(monkeypatch):
    def read(**days):
        for name in Kept._fields:
            monkeypatch.delenv(f"{name.upper()}_KEPT_DAYS", raising=False)
        for name, value in days.items():
            monkeypatch.setenv(name, value)
        return kept(Environment())

    return read


def test_what_the_table_says_is_what_holds(kept_with):
    rows = re.findall(r"\| `([A-Z_]+)_KEPT_DAYS` \| (\d+) \|", SECURITY_MD.read_text())
    assert {name.lower(): timedelta(days=int(days)) for name, days in rows} == kept_with()._asdict()


def test_none_is_for_ever(kept_with):
    every = {f"{name.upper()}_KEPT_DAYS": "0" for name in Kept._fields}
    assert set(kept_with(**every)) == {FOR_EVER}


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("ERASED_ACCOUNTS_KEPT_DAYS", "182"),
        ("JOURNAL_KEPT_DAYS", "1826"),
        ("APPOINTMENTS_KEPT_DAYS", "1828"),
        ("APPOINTMENTS_KEPT_DAYS", "0"),
        ("APPOINTMENTS_KEPT_DAYS", "399"),
        ("SMS_KEPT_DAYS", "671"),
    ],
)
def test_what_cannot_be_stops_the_start(kept_with, name, days):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} must"):
        kept_with(**{name: days})
