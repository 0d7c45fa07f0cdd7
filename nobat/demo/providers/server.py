"""A small HTTP server for programs that keep their connections: one thread for each of them."""

import socket
import socketserver
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from threading import Lock, Thread

from nobat.demo.providers.asked import Asked

HOST = "127.0.0.1"
POLL_SECONDS = 0.02


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    answer: Callable[[Asked], Iterator[bytes]]

    def __init__(self, port: int) -> None:
        self.lines: set[socket.socket] = set()
        self.lock = Lock()
        super().__init__((HOST, port), _Line)

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), OSError):  # who asks may be gone by then
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Line(BaseHTTPRequestHandler):
    """One connection: request after request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.lines.add(self.connection)

    def finish(self) -> None:
        with self.server.lock:
            self.server.lines.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # who asked is gone in the middle of it
            self.close_connection = True
            return
        authorization = self.headers.get("Authorization", "")
        line = self.client_address
        asked = Asked(self.command, self.path, body, authorization=authorization, line=line)
        pieces = 0
        for piece in self.server.answer(asked):
            self.wfile.write(piece)
            pieces += 1
        self.close_connection = self.close_connection or not pieces

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: its lines would hold keys and numbers."""


class Server:
    """Keeps its port from one opening to the next; closed, it refuses connections."""

    def __init__(self, port: int, answer: Callable[[Asked], Iterator[bytes]]) -> None:
        self.port = port
        self._answer = answer
        self._listener: _Listener | None = None
        self._lock = Lock()

    def open(self) -> None:
        """Nothing if it is open."""
        with self._lock:
            if self._listener is not None:
                return
            self._listener = _Listener(self.port)
            self._listener.answer = self._answer
            self.port = self._listener.server_address[1]
            Thread(target=self._listener.serve_forever, args=[POLL_SECONDS], daemon=True).start()

    def close(self) -> None:
        """Those who are connected are cut off."""
        with self._lock:
            listener, self._listener = self._listener, None
        if listener is None:
            return
        listener.shutdown()
        listener.server_close()
        with listener.lock:
            for line in listener.lines:
                _cut(line)


def _cut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has gone by itself
