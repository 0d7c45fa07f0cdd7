"""What no template and no stylesheet may contain."""

import re
from pathlib import Path

import pytest

import nobat

SOURCES = Path(nobat.__file__).parent
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
STYLESHEET = SOURCES / "web/static/nobat.css"

NEVER = {
    "an inline style": r"\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "a handler in an attribute": r"\s(on[a-z]+|hx-on[:a-z-]*)\s*=\s*[\"']",
    "a foreign address": r"(https?:)?//(?!\s)[a-z0-9-]+\.[a-z]",
    "a picture in an address": r"\bdata:[a-z]+/",
    "a physical side": r"\b(text-(left|right)|float-(left|right))\b",
    "an Arabic yeh or kaf": r"[يكى]",
}
LEFT_TO_RIGHT = re.compile(
    r"(?<!<bdi dir=\"ltr\">)\{\{[^}]*\|(mobile|masked_mobile|phone|reference)\b"
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_template_needs_nothing_that_the_policy_of_the_site_refuses(path):
    text = path.read_text()

    assert [name for name, sign in NEVER.items() if re.search(sign, text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_what_is_read_from_left_to_right_stands_isolated(path):
    assert LEFT_TO_RIGHT.findall(path.read_text()) == []


def test_the_stylesheet_knows_no_left_and_no_right():
    css = re.sub(r"/\*.*?\*/", "", STYLESHEET.read_text(), flags=re.DOTALL)
    physical = re.findall(
        r"^\s*(?:(?:margin|padding|border)-)?(?:left|right)(?:-[a-z]+)?\s*:|text-align:\s*(?:left|right)",
        css,
        flags=re.MULTILINE,
    )

    assert physical == []
    # The arrow of a select has no logical form.
    assert re.findall(r"background-position:\s*(?:left|right)", css) == [
        "background-position: left"
    ]


def test_the_stylesheet_asks_for_nothing_from_elsewhere():
    css = STYLESHEET.read_text()

    assert re.findall(r"https?:|//[a-z]|data:[a-z]|@import", css) == []
