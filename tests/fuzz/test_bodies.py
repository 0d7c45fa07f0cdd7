"""What is far too long, broken or not what it says: refused at once, and the server goes on."""

import gzip
import io
import json
import socket
import time

import pytest
from django.db import connection
from django.test import Client

from nobat.demo.serve import HOST
from tests.front import SECRET
from tests.fuzz.site import request, serving

# Somebody of ours by the look of it: only then is a body read at all.
PASS = f"Cookie: csrf={SECRET}\r\nX-CSRFToken: {SECRET}\r\nOrigin: http://{HOST}\r\n".encode()
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
PARTS = b"Content-Type: multipart/form-data; boundary=b\r\n"
JSON = b"Content-Type: application/json\r\n"
MEGABYTE = 1024 * 1024
A_FILE = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'


def bomb() -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(100):
            file.write(bytes(MEGABYTE))
    return packed.getvalue()


# What each is, how it says so, and whether it has to be refused (the others are only read wrongly).
BODIES = {
    "a form of 10 MB": (FORM, b"mobile=" + b"9" * 10 * MEGABYTE),
    "100,000 fields": (FORM, b"&".join(b"a%d=1" % n for n in range(100_000))),
    "5,000 fields": (FORM, b"&".join(b"a%d=1" % n for n in range(5_000))),
    "one field 20,000 times": (FORM, b"&".join([b"mobile=1"] * 20_000)),
    "a file of 20 MB": (PARTS, A_FILE + bytes(20 * MEGABYTE) + b"\r\n--b--\r\n"),
    "3,000 files": (PARTS, (A_FILE + b"x\r\n") * 3_000 + b"--b--\r\n"),
    "a part with a heading of 1 MB": (
        PARTS,
        A_FILE[:-4] + b"\r\nX: " + b"x" * MEGABYTE + b"\r\n\r\n",
    ),
    "parts that never end": (PARTS, A_FILE + b"x" * 1000),
    "parts without their boundary": (b"Content-Type: multipart/form-data\r\n", A_FILE),
    "a boundary that is none": (
        b'Content-Type: multipart/form-data; boundary="\xff\x00"\r\n',
        A_FILE,
    ),
    "letters that are none": (FORM[:-2] + b"; charset=utf-99\r\n", b"mobile=%FF%FE"),
    "letters called base64": (FORM[:-2] + b"; charset=base64\r\n", b"mobile=1"),
    "UTF-16": (FORM[:-2] + b"; charset=utf-16\r\n", "mobile=۰۹".encode("utf-16")),
    "100 MB in gzip": (FORM + b"Content-Encoding: gzip\r\n", bomb()),
    "JSON": (JSON, json.dumps({"mobile": "09173456789"}).encode()),
    "JSON 100,000 deep": (JSON, b"[" * 100_000),
    "names 10,000 deep": (FORM, b"a" + b"[b]" * 10_000 + b"=1"),
    "XML": (b"Content-Type: text/xml\r\n", b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"),
}
HEADERS = {
    "1 MB in a header": b"X-Long: " + b"x" * MEGABYTE + b"\r\n",
    "1 MB of cookies": b"Cookie: " + b"a=1; " * (MEGABYTE // 5) + b"\r\n",
    "100 kB in the session's cookie": b"Cookie: session=" + b"x" * 100_000 + b"\r\n",
    "5,000 headers": b"".join(b"X-%d: 1\r\n" % n for n in range(5_000)),
    "letters in a header": "X-A: سارا\r\nUser-Agent: \x7f‮ریمیکس\r\n".encode(),
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
    "a length and pieces": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "no such way of sending": b"Transfer-Encoding: xyzzy\r\n",
}
# Or read as an empty form, which comes back with words; or sent on to sign in.
REFUSED = {200, 302, 400, 403, 404, 405, 411, 413, 422}
PLACES = ["/sign-in/", "/offices/1021/book/", "/sms/kavenegar/0123456789abcdef/incoming/"]


@pytest.fixture(scope="module")
def site(django_db_setup):
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    port = database["PORT"] or 5432
    url = f"postgresql://{database['USER']}@:{port}/{database['NAME']}?host={host}"
    with serving(url) as site:
        yield site


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_form_of_ours_is_refused_with_words(body, place):
    head, content = BODIES[body]
    said = dict(line.split(b": ", 1) for line in head.split(b"\r\n") if line)
    kind = said.pop(b"Content-Type").decode("latin-1")
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrf"] = SECRET
    began = time.process_time()

    response = client.generic("POST", place, content, kind, headers={"x-csrftoken": SECRET})

    assert response.status_code in REFUSED
    assert time.process_time() - began < 2


@pytest.mark.real_time
def test_the_server_answers_each_of_them_and_keeps_its_memory(site):
    site.status(request("GET", "/healthz/live"))
    before = site.memory()
    answers = {
        (body, place): site.status(request("POST", place, content, more=PASS + head))
        for body, (head, content) in BODIES.items()
        for place in PLACES
    }

    assert {key: status for key, status in answers.items() if status not in REFUSED} == {}
    assert site.status(request("GET", "/healthz/live")) == 200
    assert site.memory() - before < 60 * MEGABYTE


@pytest.mark.real_time
def test_the_server_survives_every_header(site):
    answers = {name: site.status(request("GET", "/", more=head)) for name, head in HEADERS.items()}

    assert {name: status for name, status in answers.items() if status >= 500} == {}
    assert answers["1 MB in a header"] in {0, 400, 413, 431}
    assert answers["1 MB of cookies"] in {0, 400, 413, 431}
    assert site.status(request("GET", "/healthz/live")) == 200


def slow(site, count, first):
    """So many who have begun to say something, and do not go on."""
    lines = [socket.create_connection((HOST, site.port), timeout=20) for _ in range(count)]
    for line in lines:
        line.sendall(first)
    return lines


@pytest.mark.real_time
def test_whoever_is_slow_with_headers_keeps_nobody_waiting(site):
    lines = slow(site, 200, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    try:
        assert site.status(request("GET", "/healthz/live"), within=20) == 200
    finally:
        for line in lines:
            line.close()


# Of one worker with four threads: what stands before us has to gather bodies (docs/security.md).
THREADS = 4


@pytest.mark.real_time
def test_whoever_is_slow_with_a_body_holds_a_thread_and_only_that(site):
    begun = request("POST", "/sign-in/", b"mobile=", more=PASS + FORM, length=5_000)
    lines = slow(site, THREADS - 1, begun)
    try:
        assert site.status(request("GET", "/healthz/live"), within=20) == 200
    finally:
        for line in lines:
            line.close()
    assert site.status(request("GET", "/healthz/live"), within=20) == 200
