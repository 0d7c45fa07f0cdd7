"""A browser among thousands in one loop: it keeps its connection, and waits for each answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from bench.load import ANSWERS_WITHIN, MOST_AT_ONCE, NoAnswer, length_in


class Browser(asyncio.Protocol):
    """One request after the other, over one connection."""

    def __init__(self) -> None:
        self.answer = b""
        self.waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    async def ask(self, request: bytes) -> bytes:
        """The head of the answer in small letters, once all of it is here.

        Raises NoAnswer or TimeoutError.
        """
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        async with asyncio.timeout(ANSWERS_WITHIN):
            return await self.waiting

    def data_received(self, heard: bytes) -> None:
        self.answer += heard
        end = self.answer.find(b"\r\n\r\n", 0, MOST_AT_ONCE)
        if end < 0 or self.waiting is None:
            return
        head = self.answer[:end].lower()
        if len(self.answer) - end - 4 >= length_in(head):
            self.answer = b""
            self.waiting.set_result(head)

    def connection_lost(self, problem: Exception | None) -> None:
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(NoAnswer("the site closed a connection"))


@asynccontextmanager
async def open_browser(port: int) -> AsyncIterator[Browser]:
    """A connection of one's own, closed when its citizen goes."""
    loop = asyncio.get_running_loop()
    transport, browser = await loop.create_connection(Browser, "127.0.0.1", port)
    try:
        yield browser
    finally:
        transport.close()
