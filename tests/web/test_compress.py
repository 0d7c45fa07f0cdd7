import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from nobat.web.compress import CompressMiddleware

PAGE = b"<p>123</p>" * 300
GZIP = {"Accept-Encoding": "gzip, br"}


def answered(response, **headers):
    request = RequestFactory().get("/", headers=headers)
    return CompressMiddleware(lambda _: response)(request)


def test_whoever_can_read_it_gets_the_page_compressed():
    answer = answered(HttpResponse(PAGE), **GZIP)

    assert gzip.decompress(answer.content) == PAGE
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_others_get_it_as_it_is_and_caches_know_that_there_are_two():
    answer = answered(HttpResponse(PAGE))

    assert answer.content == PAGE
    assert not answer.has_header("Content-Encoding")
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [HttpResponse(b"short"), HttpResponse(PAGE, headers={"Content-Encoding": "br"})],
    ids=["short", "compressed already"],
)
def test_what_is_short_or_compressed_already_stays_as_it_is(response):
    content = response.content

    assert answered(response, **GZIP).content == content


def test_the_length_of_the_same_page_varies_so_that_it_gives_no_token_away():
    lengths = {len(answered(HttpResponse(PAGE), **GZIP).content) for _ in range(50)}

    assert len(lengths) > 10
    assert max(lengths) - min(lengths) <= CompressMiddleware.max_random_bytes


def test_what_comes_piece_by_piece_is_compressed_piece_by_piece():
    answer = answered(StreamingHttpResponse([PAGE, PAGE]), **GZIP)

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer)) == PAGE * 2
