"""Everything that a role can send: found by opening every address and reading every form there."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from tests.build import PASSWORD
from tests.fuzz.pages import Field, Page
from tests.fuzz.roles import SMS_CODE
from tests.fuzz.tries import Tries, _forget, as_sent, is_page, name_of, text_of
from tests.undone import undone_later
from tests.web.citizen.journey import ANSWER
from tests.web.office.entry import right_code
from tests.web.test_strangers import ASKS_FOR

MOST_OF_A_KIND = 2  # addresses with the same names in them
MOST_OF_A_PAGE = 10  # forms: a week grows by a line with each press of its button
NO_PLACE = {"str": "no-such-thing", "int": "918273645", "slug": "no-such-thing"}


@dataclass(frozen=True)
class Target:
    """One thing to send: to where, with which fields."""

    method: str
    address: str
    fields: tuple[Field, ...]
    is_multipart: bool = False

    @property
    def page(self) -> str:
        return name_of(self.address)

    @property
    def kind(self) -> tuple:
        names = frozenset(field.name for field in self.fields)
        return self.method, self.page, names, frozenset(name for name, _ in _asked(self.address))


class NamesRead:
    """Which names a page looks for in what is sent: noted while it answers."""

    LOOKS = ("__getitem__", "__contains__", "getlist", "get")

    def __enter__(self) -> "NamesRead":
        self.names: set[str] = set()
        self._own = {name: vars(QueryDict)[name] for name in self.LOOKS if name in vars(QueryDict)}
        for name in self.LOOKS:
            setattr(QueryDict, name, self._noting(getattr(QueryDict, name)))
        return self

    def _noting(self, look):
        def note(query, name, *more, **named):
            self.names.add(str(name))
            return look(query, name, *more, **named)

        return note

    def __exit__(self, *_) -> None:
        for name in self.LOOKS:
            delattr(QueryDict, name)
        for name, own in self._own.items():
            setattr(QueryDict, name, own)


class Surface:
    """Opens what there is to open, once, and remembers what could be sent there."""

    def __init__(self, tries: Tries, addresses: list[str], right: dict[str, str]) -> None:
        self.tries = tries
        # Who is shut out nearly everywhere is shut out with every wrong name too.
        self.is_shut_out = not tries.client.cookies
        self.right = right
        self.targets: dict[tuple, Target] = {}
        self.opened: dict[str, set[int]] = {}
        self.shown: dict[str, set[str]] = {}  # by page: the names in its forms
        self._queue = list(dict.fromkeys(addresses))
        self._seen: dict[tuple, int] = {}
        while self._queue:
            self._open(self._queue.pop(0))

    def _open(self, address: str) -> None:
        response, names = self._ask("GET", address)
        self.opened.setdefault(name_of(address), set()).add(response.status_code)
        if response.status_code == 302:
            self._later(response.headers["Location"], address)
        if response.status_code == 200 or (response.status_code == 302 and self.is_shut_out):
            fields = tuple(Field(name, value=value) for name, value in _asked(address))
            more = tuple(Field(name) for name in sorted(names - {field.name for field in fields}))
            self._keep(Target("GET", address.partition("?")[0], fields + more))
        if response.status_code == 405:
            self._press(Target("POST", address, ()))
        self._read(response, address)

    def _read(self, response, address: str) -> None:
        if not is_page(response):
            return
        page = Page(text_of(response))
        for link in page.links:
            self._later(link, address)
        for form in page.forms:
            action = urljoin(address, form.action) if form.action else address
            fields = tuple(self._filled(field, action) for field in form.fields)
            names = {field.name for field in (*fields, *form.buttons)}
            self.shown.setdefault(name_of(action), set()).update(names)
            for button in [None, *form.buttons]:
                pressed = fields + ((button,) if button else ())
                target = Target(form.method.upper(), action, pressed, form.is_multipart)
                if form.method == "post":
                    self._press(target)
                else:
                    self._keep(Target("GET", action.partition("?")[0], pressed))

    def _press(self, target: Target) -> None:
        """Send the form as it should be: behind it may stand another one."""
        wanted = target.kind
        of_this_page = [kind for kind in self.targets if kind[:2] == wanted[:2]]
        if wanted in self.targets or not _is_ours(target.address):
            return
        if len(of_this_page) >= MOST_OF_A_PAGE:
            return
        self._keep(target)
        response, names = self._ask("POST", target.address, target)
        missing = sorted(names - {field.name for field in target.fields} - {"csrfmiddlewaretoken"})
        if missing:
            more = tuple(self._filled(Field(name), target.address) for name in missing)
            fuller = Target("POST", target.address, target.fields + more, target.is_multipart)
            self._keep(fuller)
        self._read(response, target.address)

    def _ask(self, method: str, address: str, target: Target | None = None):
        pairs = [(field.name, field.value) for field in target.fields] if target else []
        body, kind = as_sent(pairs, is_multipart=bool(target and target.is_multipart))
        client = self.tries.client
        cookies = client.cookies.copy()
        with undone_later(), NamesRead() as read:
            response = client.generic(method, address, body, kind)
            if response.streaming:
                response.content = b"".join(response.streaming_content)
            if method == "POST":
                transaction.set_rollback(True)
        if method == "POST":
            client.cookies = cookies
            _forget()
        return response, read.names

    def _keep(self, target: Target) -> None:
        self.targets.setdefault(target.kind, target)

    def _later(self, link: str, address: str) -> None:
        whole = urljoin(address, link).partition("#")[0]
        if not _is_ours(whole) or name_of(whole) == "no page":
            return
        kind = (name_of(whole), frozenset(name for name, _ in _asked(whole)))
        self._seen[kind] = self._seen.get(kind, 0) + 1
        if self._seen[kind] <= MOST_OF_A_KIND and whole not in self._queue:
            self._queue.append(whole)

    def _filled(self, field: Field, action: str) -> Field:
        """As somebody fills it in who means well."""
        special = self.right.get(f"{name_of(action)} {field.name}")
        if special is not None:
            return field.with_value(special)
        if field.kind == "file":
            return field.with_value(("list.csv", "کد,نام\n1021,سرو".encode()))
        if field.value:
            return field
        if field.kind in {"radio", "checkbox", "select"} and field.choices:
            chosen = next((choice for choice in field.choices if choice), field.choices[0])
            return field.with_value(chosen)
        return field.with_value(self.right.get(field.name, ""))


def right_values(more: dict[str, str]) -> dict[str, str]:
    """What stands rightly in the fields of our forms, by name; for one page only: «page name»."""
    return {
        "mobile": "09173456789", "first_name": "نرگس", "last_name": "احمدی‌پور",
        "national_code": "0012345679", "password": PASSWORD, "new_password": "Nastaran-Sabz-52",
        "old_password": PASSWORD, "sms_code": SMS_CODE, "captcha_0": "x", "captcha_1": ANSWER,
        "code": right_code(), "reason": "برف سنگین", "text": "در دفتر بودم و نامم خوانده نشد.",
        "name": "سرو", "title": "عید", "why": "آزمایش", "slot": more["slot"],
        "service": "petition",
        "cases": "1", "key": "7b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f10", "sure": "1", "lat": "29.61",
        "lon": "52.53", "citizen:find_office code": "1021", "association:add_office code": "1077",
        "association:office code": "1021", "day": more["day"], "address": "خیابان ارم، پلاک ۱۲",
        "manager": "بهرام کیانی", "phone": "07132000112", "note": "یادداشت",
        "reference": more["coming"],
    }  # fmt: skip


def every_address(world, pages: dict[str, set[str]]) -> list[str]:
    """One for each page that there is, with the things of the world in it."""
    found = []
    for name, things in pages.items():
        address = reverse(name, kwargs={thing: world.things[thing] for thing in things})
        found.append(f"{address}?{ASKS_FOR[name]}" if name in ASKS_FOR else address)
        if things == {"reference"}:
            found.append(reverse(name, kwargs={"reference": world.more["coming"]}))
    chosen = f"slot={world.more['slot']}&service=petition&cases=1"
    found.append(f"/offices/1021/book/?{chosen}")
    return found


def _asked(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query, keep_blank_values=True)


def _is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("//", "/static/"))
