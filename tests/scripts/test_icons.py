import pytest

from scripts.icons import NoSuchIcon, names_in_use, sprite


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "icons"
    folder.mkdir()
    for name in ("search", "clock"):
        svg = f'<svg class="bi">\n  <path d="{name}"/>\n</svg>'
        (folder / f"{name}.svg").write_text(svg)
    return folder


@pytest.fixture
def code(tmp_path):
    folder = tmp_path / "code"
    folder.mkdir()
    return folder


def test_an_icon_named_in_a_template_is_drawn(code, package):
    (code / "page.html").write_text("{% icon \"search\" %}{%icon 'search'%}{% icon chosen %}")

    names = names_in_use(code)

    assert names == ["search"]
    assert '<symbol id="search" viewBox="0 0 16 16"><path d="search"/></symbol>' in sprite(
        names, package
    )


@pytest.mark.parametrize(
    "constant",
    [
        '_ICONS = {"asked-for": "clock"}',
        'ICONS: dict[str, str] = {"asked-for": "clock"}',
        'STATUS_ICONS = ["clock"]',
    ],
)
def test_an_icon_that_code_chooses_is_drawn(code, constant):
    (code / "page.py").write_text(f"OTHER = 'search'\n{constant}\n")

    assert names_in_use(code) == ["clock"]


def test_every_name_that_does_not_exist_is_told(package):
    with pytest.raises(NoSuchIcon, match="clokc, serach"):
        sprite(["clock", "clokc", "serach"], package)
