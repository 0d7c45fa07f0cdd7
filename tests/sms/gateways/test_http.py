import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from nobat.demo.providers.server import Server
from nobat.sms.gateways import Down, Never, Refused, TryAgain, Unknown, http
from nobat.sms.gateways.http import (
    Patience,
    Request,
    exchange,
    failure_of,
    question,
    whole,
)

SOON = Patience(step=2, whole=4)


@pytest.fixture
def serve():
    """A server that answers each request with these bytes; what it was asked is kept."""
    servers = []

    def serve(answer: bytes):
        asked = []

        def answering(request):
            asked.append(request)
            yield answer

        server = Server(0, answering)
        servers.append(server)
        server.open()
        return f"http://127.0.0.1:{server.port}", asked

    yield serve
    for server in servers:
        server.close()


def answer(status: int, body: bytes, *lines: str) -> bytes:
    head = [f"HTTP/1.1 {status} -", f"Content-Length: {len(body)}", *lines]
    return "\r\n".join([*head, "", ""]).encode() + body


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (200, Unknown),
        (302, Unknown),
        (400, TryAgain),
        (401, Refused),
        (403, Refused),
        (404, Refused),
        (407, Refused),
        (408, TryAgain),
        (429, TryAgain),
        (500, Unknown),
        (502, Unknown),
        (503, Down),
        (504, Unknown),
    ],
)
def test_a_status_alone_says_whether_a_message_may_have_been_taken(status, failure):
    assert type(failure_of(status)) is failure


def test_what_a_provider_explains_is_returned_with_its_status(serve):
    url, asked = serve(answer(418, '{"چرا": "اعتبار"}'.encode()))
    assert exchange(Request("POST", f"{url}/x", form={"a": "ب"}), SOON) == (418, {"چرا": "اعتبار"})
    [request] = asked
    assert (request.path, request.form) == ("/x", {"a": "ب"})


def test_a_redirect_is_not_followed_and_says_nothing(serve):
    there, asked = serve(answer(200, b"{}"))
    url, _ = serve(answer(302, b"{}", f"Location: {there}/"))
    with pytest.raises(Unknown):
        exchange(Request("POST", url, form={"key": "secret"}), SOON)
    assert asked == []


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 60_000, b'{"a": ' + b"9" * 5_000 + b"}"]
)
def test_what_is_no_json_object_says_nothing(serve, body):
    url, _ = serve(answer(200, body))
    with pytest.raises(Unknown):
        exchange(Request("GET", url), SOON)


def test_no_more_is_read_than_we_need(serve):
    url, _ = serve(answer(200, b"{}" + b" " * 70_000))
    with pytest.raises(Unknown):
        exchange(Request("GET", url), SOON)


def test_who_cannot_prove_to_be_the_provider_gets_nothing(serve):
    url, asked = serve(answer(200, b"{}"))
    with pytest.raises(Down):
        exchange(Request("POST", url.replace("http:", "https:"), form={"a": "b"}), SOON)
    assert asked == []


def test_an_address_that_nobody_knows_is_down():
    with pytest.raises(Down):
        exchange(Request("GET", "https://nobody.invalid/"), SOON)


def test_no_proxy_of_the_environment_gets_to_see_a_message(serve, monkeypatch):
    proxy, seen = serve(answer(200, b"{}"))
    url, asked = serve(answer(200, b"{}"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy)
    exchange(Request("GET", url), Patience(step=2.5, whole=4))
    assert (len(asked), seen) == (1, [])


def test_connections_are_kept_for_the_next_message(serve):
    url, asked = serve(answer(200, b"{}"))
    for _ in range(3):
        exchange(Request("GET", url), SOON)
    assert len({request.line for request in asked}) == 1


@pytest.mark.parametrize("failure", [Unknown, Never])
def test_a_question_hands_nothing_over_so_nothing_is_unknown(failure):
    with pytest.raises(Down, match="because"), question():
        raise failure("because")


@pytest.mark.parametrize("failure", [TryAgain, Refused, Down])
def test_other_failures_of_a_question_stay_what_they_are(failure):
    with pytest.raises(failure) as raised, question():
        raise failure("because")
    assert type(raised.value) is failure


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7),
        ("7", 7),
        (7.0, 7),
        (True, None),
        (None, None),
        ("", None),
        ("x", None),
        ([7], None),
        (float("nan"), None),
        (float("inf"), None),
        (2**63, None),
    ],
)
def test_numbers_are_read_however_they_are_written(value, number):
    assert whole(value) == number


def test_what_httpx_raised_does_not_hang_on_to_a_failure():
    with pytest.raises(Down) as failure:
        exchange(Request("GET", "http://127.0.0.1:1/secret-key"), SOON)
    assert not isinstance(failure.value.__context__, httpx.HTTPError)
    assert "secret" not in failure.value.reason


def test_threads_that_come_first_at_once_share_one_client(monkeypatch):
    made = []

    def slowly(**values):
        made.append(values)
        time.sleep(0.1)
        return object()

    monkeypatch.setattr(http.httpx, "Client", slowly)
    with ThreadPoolExecutor(8) as pool:
        clients = set(pool.map(lambda _: http._client(0.123), range(8)))
    assert len(clients) == len(made) == 1
