import pytest

from nobat.web.way_back import is_own_path, way_back, with_way_back


@pytest.mark.parametrize(
    "path", ["/", "/offices/1021/", "/offices/1021/book/?slot=7&service=petition#hours"]
)
def test_a_path_of_this_site_is_a_way_back(path):
    assert is_own_path(path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/offices/\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "offices/1021/",
        " /offices/",
        "/" + "a" * 500,
    ],
)
def test_whatever_may_lead_elsewhere_is_none(path):
    assert not is_own_path(path)


def test_the_form_counts_more_than_the_address(rf):
    assert way_back(rf.post("/?next=/one/", {"next": "/two/"})) == "/two/"
    assert way_back(rf.post("/?next=/one/")) == "/one/"
    assert way_back(rf.get("/?next=//evil.example/")) == ""


def test_the_way_back_is_carried_on_whole():
    path = "/offices/1021/book/?slot=7&service=petition"

    assert with_way_back("sign_in", path) == (
        "/sign-in/?next=%2Foffices%2F1021%2Fbook%2F%3Fslot%3D7%26service%3Dpetition"
    )
    assert with_way_back("sign_in", "") == "/sign-in/"
