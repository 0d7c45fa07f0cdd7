"""One request that is sent wrongly on purpose: what it came to, and whether that is all right."""

import functools
import json
import logging
import os
import time
import unicodedata
from collections import Counter
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from nobat.appointments import attempt, policy
from nobat.shared import kept
from tests.fuzz.injections import MARK, SUM_DONE
from tests.fuzz.pages import Page
from tests.fuzz.tables import changed_since, changes, digests, rows_of, tables, writes
from tests.undone import undone_later

URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "between-the-parts"
EXPECTED = {200, 204, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 414, 415, 422, 429}
LONGEST = 3.0  # seconds of this process, drawing a PDF included
# Pages that write although they are only opened.
WRITES_WHEN_OPENED = {
    "association:journal_of_person": "looking somebody up is itself recorded",
    "association:journal": "looking somebody up is itself recorded",
    "association:objection": "looking at somebody's record is itself recorded",
    "association:suspension": "looking at somebody's record is itself recorded",
    "association:unusual_accounts": "looking at accounts is itself recorded",
    "office:set_up_second_factor": "the secret that the page shows is begun",
    "sms:reports": "some providers tell by GET",
    "sms:incoming": "some providers tell by GET",
}
# Never written into a page again.
SECRET = {
    "password",
    "old_password",
    "new_password",
    "sms_code",
    "code",
    "captcha_1",
    "kept_password",
}
# For programs that keep passwords: nobody types it, and we do not read it.
SECRET |= {"username"}
# Text that is kept as it came: what programs say of themselves, or sealed.
KEPT_AS_IT_CAME = {"user_agent", "details", "key", "password", "seen"}
UNSEEN = {"Cc", "Cs", "Co", "Cn"}
MARKS = set(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad"
)
OTHER_LETTERS = set("يىكﷲ")


class Figures:
    """How many inputs there were, and what they came to."""

    def __init__(self) -> None:
        self.inputs = 0
        self.answers: Counter[str] = Counter()
        self.of_pages: Counter[str] = Counter()
        self.errors_500 = 0

    def keep(self, folder: str) -> None:
        """Where `make fuzz` adds them up: a file of its own for each process."""
        if folder:
            Path(folder, f"{os.getpid()}.json").write_text(json.dumps(vars(self)))


class Log(logging.Handler):
    """What went wrong in here, as an operator would find it in the log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record) -> None:
        if record.name.startswith("django.security"):
            return  # Django tells of what it has refused
        cause = record.exc_info[1] if record.exc_info else None
        self.said.append(f"{record.getMessage()[:80]} {cause!r:.200}")


class Tries:
    """All requests of one role; nothing of one is left when the next one is sent."""

    def __init__(self, client: Client, figures: Figures) -> None:
        self.client = client
        self.client.raise_request_exception = False
        self.figures = figures
        self.before = digests()
        self.rows = {table: rows_of(table) for table in tables()}
        self.wrong: list[str] = []

    def fill_in(self, target, pairs) -> HttpResponse:
        return self.send(target.method, target.address, pairs, multipart=target.is_multipart)

    def send_there(self, target, address) -> HttpResponse:
        """The same, filled in rightly, to another address."""
        pairs = [(field.name, field.value) for field in target.fields]
        return self.send(target.method, address, pairs, multipart=target.is_multipart)

    def ask(self, target, pairs) -> HttpResponse:
        """Send it and take nothing back."""
        body, kind = as_sent(pairs, is_multipart=target.is_multipart)
        response = self.client.generic("POST", target.address, body, kind)
        _forget()
        return response

    def send(self, method: str, address: str, pairs=(), *, multipart: bool = False) -> HttpResponse:
        """Ask once, judge the answer, and take everything back."""
        if method == "GET" and pairs:
            address = f"{address}{'&' if '?' in address else '?'}{urlencoded(pairs)}"
        body, kind = as_sent(() if method == "GET" else pairs, is_multipart=multipart)
        return self.send_raw(method, address, body, kind, pairs)

    def send_raw(self, method, address, body, kind, pairs=(), **headers) -> HttpResponse:
        cookies = self.client.cookies.copy()
        log = Log()
        logging.getLogger().addHandler(log)
        written = writes()
        began = time.process_time()
        with undone_later():
            response = self.client.generic(method, address, body, kind, **headers)
            _read(response)
            took = time.process_time() - began
            changed = changed_since(self.before, written)
            problems = [*self._problems(method, address, response, pairs, changed), *log.said]
            transaction.set_rollback(True)
        logging.getLogger().removeHandler(log)
        self.client.cookies = cookies
        _forget()
        if took > LONGEST:
            problems.append(f"took {took:.1f} s")
        self._count(method, address, response)
        self.wrong += [
            f"{problem} · {method} {address[:300]} {pairs!r:.600} → {response.status_code}"
            for problem in problems
        ]
        return response

    def _count(self, method, address, response) -> None:
        self.figures.inputs += 1
        self.figures.answers[f"{response.status_code // 100}xx"] += 1
        self.figures.answers[str(response.status_code)] += 1
        self.figures.of_pages[f"{method} {name_of(address)}"] += 1
        self.figures.errors_500 += response.status_code >= 500

    def _problems(self, method, address, response, pairs, changed):
        if response.status_code not in EXPECTED:
            yield f"answered {response.status_code}"
            return
        yield from wrong_headers(response)
        page = Page(text_of(response)) if is_page(response) else None
        if page:
            yield from broken_out(page, text_of(response))
        if page and response.status_code in {400, 409, 422} and method == "POST":
            yield from lost_words(page, address, pairs)
        may_write = response.status_code < 400 and method == "POST"
        if changed and not may_write and name_of(address) not in WRITES_WHEN_OPENED:
            yield f"stored although refused or only opened: {changed}"
        if changed and may_write:
            yield from badly_kept(changes(self.rows, changed))


def as_sent(pairs, *, is_multipart: bool) -> tuple[bytes, str]:
    """The body of a form, and what it is said to be."""
    if is_multipart:
        return as_parts(pairs), f"multipart/form-data; boundary={BOUNDARY}"
    return urlencoded(pairs).encode(), URLENCODED


def urlencoded(pairs) -> str:
    return "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs)


def quote(value) -> str:
    return quote_from_bytes(in_bytes(value), safe="")


def in_bytes(value) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def as_parts(pairs) -> bytes:
    """A form with files: a value that is a pair is the name and content of one."""
    parts = []
    for name, value in pairs:
        file = f'; filename="{value[0]}"' if isinstance(value, tuple) else ""
        content = value[1] if isinstance(value, tuple) else in_bytes(value)
        name = str(name).replace('"', "%22").replace("\r", "").replace("\n", "")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        parts.append(head.encode("utf-8", "surrogatepass") + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def name_of(address: str) -> str:
    return _name_of_path(unquote(urlsplit(address).path))


# Each page is full of links, mostly the same ones.
@functools.cache
def _name_of_path(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return "no page"


def text_of(response) -> str:
    return response.content.decode()


def is_page(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def wrong_headers(response):
    """Nothing that was sent may begin a header, or lead away from us."""
    for name, value in response.headers.items():
        if MARK in name.lower() or "\r" in value or "\n" in value:
            yield f"a header of the visitor: {name}: {value}"
    leads_to = response.headers.get("Location", "/")
    split = urlsplit(leads_to)
    if split.scheme or split.netloc or leads_to.startswith(("//", "/\\", "\\")):
        yield f"leads away: {leads_to}"


def broken_out(page: Page, text: str):
    """What was sent became part of the page instead of words in it."""
    if any(MARK in tag for tag in page.tags):
        yield "a tag of the visitor"
    if any(MARK in name for name in page.attributes):
        yield "an attribute of the visitor"
    if SUM_DONE in text or "tests-only" in text:
        yield "a template of the visitor"
    for address in page.addresses:
        scheme = "".join(address.split()).lower().partition(":")[0]
        if scheme in {"javascript", "data", "vbscript"} or address.startswith(("//", "/\\")):
            yield f"an address of the visitor: {address[:80]}"


def lost_words(page: Page, address: str, pairs):
    """What was typed stands in the form again, to be mended and not written anew."""
    shown = {
        field.name: field.value
        for form in page.forms
        for field in form.fields
        if form.method == "post" and field.kind in {"text", "tel", "textarea", "search", "email"}
    }
    for name, value in pairs:
        if name in shown and name not in SECRET and isinstance(value, str):
            times = [each for each, _ in pairs].count(name)
            if times == 1 and as_read(shown[name]) != as_read(value):
                yield f"lost what was typed in {name}: {value!r:.60} became {shown[name]!r:.60}"


def as_read(text: str) -> str:
    """As a browser and its reader keep it, without what HTML cannot say."""
    letters = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        letter for letter in letters if unicodedata.category(letter) not in UNSEEN
    ).strip()


def badly_kept(changed):
    """Words are kept in one encoding, without what nobody sees."""
    for table, what, row in changed:
        for column, value in row.items():
            if what == "gone" or column in KEPT_AS_IT_CAME or not isinstance(value, str):
                continue
            bad = {
                letter
                for letter in value
                if letter in MARKS | OTHER_LETTERS
                or (unicodedata.category(letter) in UNSEEN and letter != "\n")
            }
            if bad:
                yield f"kept {sorted(map(ascii, bad))[:4]} in {table}.{column}"


def _read(response) -> None:
    if response.streaming:
        response.content = b"".join(response.streaming_content)


def _forget() -> None:
    """What this process remembers of a request that never was."""
    policy.forget()
    attempt.forget()
    kept.forget()
    cache.clear()
