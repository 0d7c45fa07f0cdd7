"""A form of ours, sent by a browser that keeps its connection and waits as people do."""

import http.client
import re
from collections.abc import Mapping
from contextlib import suppress
from http.cookies import SimpleCookie

from bench.asking import Asking
from drill.machines import APP
from drill.site import HOST, PORT

WAITS = 15  # seconds


class Form:
    def __init__(self, sessions: Mapping[str, str]) -> None:
        self.sessions = sessions
        self.connection = http.client.HTTPConnection(APP.address, PORT, timeout=WAITS)
        self.asking: Asking | None = None

    def send(self, path: str, fields: Mapping[str, object], person: str) -> tuple[bytes, str]:
        """Headers of the answer in small letters, as bench/ reads them, and its text.

        Raises OSError or HTTPException where there is no answer.
        """
        if self.asking is None:
            self.asking = self._token()
        request = self.asking.form(path, fields, self.sessions[person])
        try:
            return self._ask(request)
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise

    def _ask(self, request: bytes) -> tuple[bytes, str]:
        if self.connection.sock is None:
            self.connection.connect()
        self.connection.sock.sendall(request.replace(b"Accept-Encoding: gzip\r\n", b""))
        answer = http.client.HTTPResponse(self.connection.sock, method="POST")
        try:
            answer.begin()
            text = answer.read().decode()
        finally:
            answer.close()
        if answer.will_close:
            self.connection.close()
        lines = [f"http/1.1 {answer.status} "]
        lines += [f"{name}: {value}" for name, value in answer.getheaders()]
        return "\r\n".join(lines).lower().encode(), text

    def _token(self) -> Asking:
        browser = http.client.HTTPConnection(APP.address, PORT, timeout=WAITS)
        with suppress(AttributeError):
            browser.request("GET", "/sign-in/", headers={"Host": HOST})
            answer = browser.getresponse()
            cookies = SimpleCookie("\n".join(answer.headers.get_all("Set-Cookie", [])))
            field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.read().decode())
            browser.close()
            if field and "csrf" in cookies:
                return Asking(HOST, cookies["csrf"].value, field[1])
        raise http.client.HTTPException("a page without a form")
