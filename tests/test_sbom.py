"""The bill of materials names what is pinned: every package, in its version, with its hashes."""

import json
import re
from pathlib import Path

import pytest

from scripts.sbom import sbom

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = (ROOT / "requirements/runtime.txt").read_text()


@pytest.fixture(scope="module")
def bill() -> dict:
    return json.loads(sbom())


def test_it_is_a_bill_in_the_form_of_cyclonedx(bill):
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "nobat"


def test_every_pinned_package_stands_in_it_with_its_version(bill):
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", RUNTIME, re.M)
    pages = json.loads((ROOT / "package.json").read_text())["dependencies"]
    named = {(each["name"], each["version"]) for each in bill["components"]}
    assert len(pins) > 20
    assert named == {*pins, *pages.items()}


def test_every_file_that_may_be_installed_stands_in_it_with_its_hash(bill):
    pinned = re.findall(r"sha256:([0-9a-f]{64})", RUNTIME)
    named = {each["content"] for part in bill["components"] for each in part["hashes"]}
    assert set(pinned) <= named
    assert all(part["hashes"] for part in bill["components"])


def test_each_is_named_as_its_registry_names_it(bill):
    urls = {each["purl"] for each in bill["components"]}
    assert any(re.fullmatch(r"pkg:pypi/django@5\.2\.\d+", url) for url in urls)
    assert any(url.startswith("pkg:npm/%40noble/ed25519@") for url in urls)
