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


def test_an_icon_named_in_a_template_or_in_the_list_is_drawn(tmp_path, package):
    (tmp_path / "page.html").write_text("{% icon \"search\" %} {%icon 'search'%}")
    chosen = tmp_path / "icons.txt"
    chosen.write_text("clock\n")

    names = names_in_use(tmp_path, chosen)

    assert names == ["clock", "search"]
    assert '<symbol id="clock" viewBox="0 0 16 16"><path d="clock"/></symbol>' in sprite(
        names, package
    )


def test_every_name_that_does_not_exist_is_told(package):
    with pytest.raises(NoSuchIcon, match="clokc, serach"):
        sprite(["clock", "clokc", "serach"], package)
