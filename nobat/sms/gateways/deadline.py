"""No answer of a provider may take longer than we wait for all of it, however it comes.

The timeouts of httpx count from byte to byte: an answer that drips could outlast the lease
of the message, and be taken for lost while it still comes.
"""

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

_of_thread = threading.local()


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """What this thread does over a DeadlineTransport within it ends in time, or by a timeout."""
    _of_thread.ends_at = time.monotonic() + seconds
    try:
        yield
    finally:
        _of_thread.ends_at = None


def _left(timeout: float | None, too_late: type[Exception]) -> float | None:
    ends_at = getattr(_of_thread, "ends_at", None)
    if ends_at is None:
        return timeout
    left = ends_at - time.monotonic()
    if left <= 0:
        raise too_late
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.SyncBackend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        stream = super().connect_tcp(host, port, left, local_address, socket_options)
        try:  # looking up the name knows no timeout; what comes too late sends nothing
            _left(None, httpcore.ConnectTimeout)
        except httpcore.ConnectTimeout:
            stream.close()
            raise
        return _Stream(stream)


class DeadlineTransport(httpx.HTTPTransport):
    """As httpx makes it, but for the deadline of the thread."""

    def __init__(self, limits: httpx.Limits) -> None:
        # httpx leaves no other place for it; test_deadline.py sees whether it still is one.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=_Backend(),
        )
