import json
import re
from pathlib import Path

import pytest

from scripts.build_assets import VENDOR, without_data_pictures, without_source_map

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "comment", ["/*# sourceMappingURL=a.css.map */", "//# sourceMappingURL=a.js.map"]
)
def test_no_copied_file_names_a_map_that_we_do_not_serve(comment):
    assert without_source_map(f"a{{}}\n{comment}\n") == "a{}\n"


def test_no_copied_stylesheet_holds_a_data_picture():
    css = "a{b:url(\"data:image/svg+xml,%3csvg x='1' y=(2)/%3e\")}c{d:url(e.png)}"

    assert without_data_pictures(css) == "a{b:none}c{d:url(e.png)}"


def test_every_file_of_a_package_that_a_page_names_is_there_after_the_build():
    templates = (CHECKOUT / "nobat").rglob("*.html")
    pages = "\n".join(template.read_text() for template in templates)
    named = re.findall(r"""static ['"]vendor/([^'"]+)['"]""", pages)

    assert {"leaflet/leaflet.js", "ed25519/ed25519.js", "jsqr/jsQR.js"} <= set(named)
    assert [file for file in named if not (VENDOR / file).exists()] == []


def test_the_lock_holds_a_hash_for_each_package_and_no_address():
    lock = json.loads((CHECKOUT / "package-lock.json").read_text())
    packages = [entry for name, entry in lock["packages"].items() if name]

    assert all("integrity" in package for package in packages)
    assert not any("resolved" in package for package in packages)


@pytest.mark.parametrize("file", sorted(CHECKOUT.glob("requirements/*.txt")), ids=str)
def test_requirements_are_pinned_by_hash_and_hold_no_address(file):
    lines = file.read_text().splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]

    assert all("==" in line for line in pinned)
    assert "--hash=sha256:" in file.read_text()
    assert "://" not in file.read_text()
    assert not any(line.startswith("-") for line in lines)
