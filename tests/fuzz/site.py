"""The real server, as `make run` starts it, on a free port of this machine alone."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nobat.demo.serve import HOST, web_command

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 90  # seconds, on a machine that is busy with something else


@dataclass(frozen=True)
class Site:
    port: int
    process: int

    def send(self, raw: bytes, *, within: float = 20) -> bytes:
        """Say this to it, byte for byte; whatever it answers."""
        answer = b""
        with socket.create_connection((HOST, self.port), timeout=within) as line:
            with suppress(OSError):  # it may hang up before it has heard everything
                line.sendall(raw)
            with suppress(OSError):
                while part := line.recv(65536):
                    answer += part
        return answer

    def status(self, raw: bytes, *, within: float = 20) -> int:
        """The number of the answer; 0 if it hung up without a word."""
        first = self.send(raw, within=within).partition(b"\r\n")[0].split()
        return int(first[1]) if len(first) > 1 else 0

    def memory(self) -> int:
        """Of all processes of the server, in bytes."""
        found = subprocess.run(
            ["ps", "-o", "rss=", "--ppid", str(self.process)],
            capture_output=True,
            text=True,
            check=True,
        )
        return sum(int(line) for line in found.stdout.split()) * 1024


@contextmanager
def serving(database_url: str, *, workers: int = 1) -> Iterator[Site]:
    """Answering until this is left."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.fuzz.site_settings",
    }
    web = subprocess.Popen(web_command(port, workers), cwd=ROOT, env=environment, process_group=0)
    try:
        site = Site(port, web.pid)
        _wait(site, web)
        yield site
    finally:
        os.killpg(web.pid, signal.SIGTERM)
        try:
            web.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()


def _wait(site: Site, web: subprocess.Popen) -> None:
    ends = time.monotonic() + READY_WITHIN
    while True:
        with suppress(OSError):
            if site.status(request("GET", "/healthz/live")) == 200:
                return
        assert web.poll() is None, "the server ended"
        assert time.monotonic() < ends, "the server did not begin to answer"
        time.sleep(0.2)


def request(
    method: str, path: str, body: bytes = b"", *, more: bytes = b"", length: int = -1
) -> bytes:
    """As it goes over the line; `length` is what it says of its body, if that is not true."""
    said = len(body) if length < 0 else length
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
    if said or body:
        head += f"Content-Length: {said}\r\n"
    return head.encode() + more + b"\r\n" + body
