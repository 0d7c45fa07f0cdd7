"""The web as `make run` starts it, on a port of its own, in front of a copy of the country."""

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.cookies import SimpleCookie

from bench import CLUSTER, SITE
from nobat.demo.children import end_with_parent
from nobat.demo.serve import HOST, web_command
from nobat.local_postgres import VAR

LOG = VAR / "bench.log"
READY_WITHIN = timedelta(seconds=30)
ENDS_WITHIN = timedelta(seconds=15)


class DidNotAnswer(Exception):
    """The site did not start, or not as it should; its log says why."""


@dataclass(frozen=True)
class Site:
    process: int
    port: int

    @property
    def host(self) -> str:
        return f"{HOST}:{self.port}"


def begin_log() -> None:
    """What the servers of this measurement say stands there afterwards."""
    LOG.write_bytes(b"")


@contextmanager
def serving(workers: int) -> Iterator[Site]:
    """Ours, answering until this is left."""
    with served(lambda port: web_command(port, workers), settings="bench.settings") as site:
        yield site


@contextmanager
def served(command: Callable[[int], list[str]], *, settings: str) -> Iterator[Site]:
    """Whatever this command starts at a free port, in front of the copy of the country."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": CLUSTER.database_url(SITE),
        "DJANGO_SETTINGS_MODULE": settings,
        "IS_MEASURED": "yes",
    }
    with open(LOG, "ab") as log:
        server = subprocess.Popen(
            command(port),
            env=environment,
            stdout=log,
            stderr=log,
            process_group=0,
            preexec_fn=partial(end_with_parent, os.getpid()),
        )
    try:
        _wait_until_ready(port, server)
        yield Site(server.pid, port)
    finally:
        server.terminate()
        try:
            server.wait(ENDS_WITHIN.seconds)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_ready(port: int, server: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < READY_WITHIN.seconds and server.poll() is None:
        try:
            if _get(port, "/healthz/ready")[0] == http.client.OK:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise DidNotAnswer(f"see {LOG}")


def form_token(site: Site, page: str, cookie: str = "") -> tuple[str, str]:
    """What makes a form of ours: its cookie, and the hidden field beside it."""
    status, headers, body = _get(site.port, page, cookie)
    cookies = SimpleCookie("\n".join(headers.get_all("Set-Cookie", [])))
    field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', body)
    if status != http.client.OK or field is None or "csrf" not in cookies:
        raise DidNotAnswer(f"{page} answered {status} without a form")
    return cookies["csrf"].value, field[1]


def _get(port: int, path: str, cookie: str = "") -> tuple[int, http.client.HTTPMessage, str]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()
