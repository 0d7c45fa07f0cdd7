"""What comes over the line, in each manner: well, late, torn, or never."""

import json
import time
from collections.abc import Callable, Iterator

from nobat.demo.providers.asked import Reply
from nobat.demo.providers.mood import Manner, Mood

# The bytes of an answer, piece by piece. Without any, the connection is just closed.
Answers = Iterator[bytes]

HTML = "<html><body><h1>خطا</h1><p>این صفحه در دسترس نیست.</p></body></html>".encode()
HUGE_BYTES = 200_000
DRIPS_EVERY = 0.05
NOTHING_TAKEN = {
    Manner.ERROR: (500, HTML),
    Manner.UNAVAILABLE: (503, HTML),
    Manner.BUSY: (429, HTML),
    Manner.LOCKED: (401, HTML),
    Manner.REDIRECTS: (302, HTML),
}


def misbehaving(mood: Mood, as_it_should_be: Callable[[], Reply], *, is_hand_over: bool) -> Answers:
    """Asks for the answer as it should be, which takes the message, unless it is refused."""
    if mood.manner in NOTHING_TAKEN:
        yield http_answer(*NOTHING_TAKEN[mood.manner])
        return
    status, said = as_it_should_be()
    well = json.dumps(said, ensure_ascii=False).encode()
    if is_hand_over and mood.manner in {Manner.LOSES_ANSWERS, Manner.LATE}:
        time.sleep(mood.late if mood.manner == Manner.LATE else 0)
    elif mood.manner in {Manner.DRIPS, Manner.DRIPS_HEAD}:
        yield from _dripping(http_answer(status, well), mood)
    else:
        yield http_answer(status, _spoiled(mood.manner, well))


def _spoiled(manner: Manner, well: bytes) -> bytes:
    return {
        Manner.HTML: HTML,
        Manner.HALF: well[: len(well) // 2],
        Manner.NOT_AN_OBJECT: b"[1, 2]",
        Manner.EMPTY_OBJECT: b"{}",
        Manner.HUGE: well + b" " * HUGE_BYTES,
    }.get(manner, well)


def _dripping(answer: bytes, mood: Mood) -> Answers:
    """Byte by byte, for as long as the mood says; from the first one, or after the head."""
    head = 0 if mood.manner == Manner.DRIPS_HEAD else answer.index(b"\r\n\r\n") + 4
    if head:
        yield answer[:head]
    ends_at = time.monotonic() + mood.late
    for place in range(head, len(answer)):
        if time.monotonic() >= ends_at:
            yield answer[place:]
            return
        yield answer[place : place + 1]
        time.sleep(DRIPS_EVERY)


def http_answer(status: int, body: bytes) -> bytes:
    """As it goes over the line."""
    kind = "text/html" if body is HTML else "application/json"
    lines = [
        f"HTTP/1.1 {status} -",
        f"Content-Type: {kind}; charset=utf-8",
        f"Content-Length: {len(body)}",
    ]
    if status == 302:
        lines.append("Location: /elsewhere")
    return "\r\n".join([*lines, "", ""]).encode() + body
