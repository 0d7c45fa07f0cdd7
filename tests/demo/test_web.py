"""A web server that was killed leaves nobody behind who goes on answering."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from nobat.demo.serve import web_command

pytestmark = pytest.mark.real_time


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_when_the_web_server_is_killed_its_processes_go_too(port):
    web = subprocess.Popen(
        web_command(port), cwd=Path(__file__).resolve().parents[2], process_group=0
    )
    try:
        wait_until(lambda: answers(port))

        os.kill(web.pid, signal.SIGKILL)

        wait_until(lambda: not answers(port))
    finally:
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()
