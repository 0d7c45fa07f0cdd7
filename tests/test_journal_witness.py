import pytest
from django.core.exceptions import ImproperlyConfigured

from nobat.environment import Environment
from nobat.journal_witness import witness_url


@pytest.mark.parametrize(
    ("url", "demo"),
    [
        ("", False),
        ("https://witness.example/seals/8f3a", False),
        ("https://witness.example:8443/", False),
        ("http://127.0.0.1:9000", True),
    ],
)
def test_a_witness_is_spoken_with_over_https_or_on_this_machine(monkeypatch, url, demo):
    monkeypatch.setenv("JOURNAL_WITNESS_URL", url)
    assert witness_url(Environment(), demo=demo) == url


@pytest.mark.parametrize(
    ("url", "demo"),
    [
        ("http://outside.test/seals", True),
        ("http://127.0.0.1:9001", False),
        ("https://user:word@outside.test/seals", False),
        ("https://outside.test/seals?key=8f3a", False),
        ("outside.test", False),
    ],
)
def test_any_other_address_stops_the_start_and_is_not_repeated(monkeypatch, url, demo):
    monkeypatch.setenv("JOURNAL_WITNESS_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"^JOURNAL_WITNESS_URL must be") as refusal:
        witness_url(Environment(), demo=demo)
    assert url not in str(refusal.value)
