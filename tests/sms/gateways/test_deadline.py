import socket
import time

import httpx
import pytest

from nobat.demo.providers.server import Server
from nobat.sms.gateways.deadline import DeadlineTransport, deadline

HEAD = b"HTTP/1.1 200 -\r\nX-Slow: "


@pytest.fixture
def client():
    with httpx.Client(transport=DeadlineTransport(httpx.Limits()), timeout=5) as client:
        yield client


@pytest.fixture
def dripping():
    """A server whose head never ends, a byte at a time."""

    def drip(asked):
        yield HEAD
        for _ in range(60):
            time.sleep(0.05)
            yield b"x"

    server = Server(0, drip)
    server.open()
    yield f"http://127.0.0.1:{server.port}/"
    server.close()


def test_an_answer_that_never_ends_is_left_when_its_time_is_over(client, dripping):
    began = time.monotonic()
    with pytest.raises(httpx.ReadTimeout), deadline(0.3):
        client.get(dripping)
    assert 0.25 < time.monotonic() - began < 0.9


def test_who_comes_too_late_to_connect_sends_nothing(client, monkeypatch):
    asked = []
    connect = socket.create_connection

    def look_up_the_name_slowly(*where, **how):
        time.sleep(0.2)
        return connect(*where, **how)

    def answer(request):
        asked.append(request)
        yield b"HTTP/1.1 200 -\r\nContent-Length: 0\r\n\r\n"

    server = Server(0, answer)
    server.open()
    monkeypatch.setattr(socket, "create_connection", look_up_the_name_slowly)
    with pytest.raises(httpx.ConnectTimeout), deadline(0.1):
        client.get(f"http://127.0.0.1:{server.port}/")
    server.close()
    assert asked == []


def test_after_the_deadline_a_thread_has_all_the_time_again(client):
    def answer(asked):
        time.sleep(0.2)
        yield b"HTTP/1.1 200 -\r\nContent-Length: 0\r\n\r\n"

    server = Server(0, answer)
    server.open()
    with pytest.raises(httpx.ReadTimeout), deadline(0.05):
        client.get(f"http://127.0.0.1:{server.port}/")
    assert client.get(f"http://127.0.0.1:{server.port}/").status_code == 200
    server.close()
