import pytest
from django.http import HttpResponse

from nobat.web.way_in import WaysIn, cookies_of, dressed

PLAIN = {"wsgi.url_scheme": "http", "HTTP_HOST": "localhost"}


def test_a_way_is_judged_once(monkeypatch):
    ways = WaysIn()
    first = ways.of(PLAIN | {"PATH_INFO": "/a/"})
    monkeypatch.setattr(ways, "_way", None)

    assert ways.of(PLAIN | {"PATH_INFO": "/b/"}) is first
    assert (first.origin, first.is_secure) == ("http://localhost", False)


@pytest.mark.parametrize("changed", [{"HTTP_HOST": "elsewhere.example"}, {"HTTP_HOST": ""}])
def test_a_host_that_is_not_ours_is_no_way_in(changed):
    assert WaysIn().of(PLAIN | changed) is None


def test_where_https_is_demanded_there_is_no_other_way_in(settings):
    settings.SECURE_SSL_REDIRECT = True

    assert WaysIn().of(PLAIN) is None
    assert WaysIn().of(PLAIN | {"wsgi.url_scheme": "https"}).is_secure


def test_a_proxy_is_believed_only_if_there_is_one(settings):
    through = PLAIN | {"HTTP_X_FORWARDED_PROTO": "https"}
    settings.SECURE_PROXY_SSL_HEADER = None
    assert WaysIn().of(through).origin == "http://localhost"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert WaysIn().of(through).origin == "https://localhost"


def test_an_answer_says_what_all_our_answers_say_and_its_own():
    way = WaysIn().of(PLAIN)
    said = dict(dressed(way, HttpResponse(headers={"Vary": "Cookie"})))

    assert said["Vary"] == "Cookie"
    assert said["X-Frame-Options"] == "DENY"
    assert "default-src" in said["Content-Security-Policy"]
    assert "Cache-Control" not in said
    assert dict(dressed(way, HttpResponse(), cookie="session=a"))["Cache-Control"]


@pytest.mark.parametrize(
    ("line", "cookies"),
    [
        ("", {}),
        ("a=1; b=2", {"a": "1", "b": "2"}),
        ("a=1;b=2=3;  c = 4 ", {"a": "1", "b": "2=3", "c": "4"}),
        ("a=1; nothing; a=2", {"a": "2"}),
    ],
)
def test_cookies_are_read_as_they_are_written(line, cookies):
    assert cookies_of({"HTTP_COOKIE": line}) == cookies
