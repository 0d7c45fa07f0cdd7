"""A password and a code that nobody can mistake go the whole way; then all is searched.

They may be in the SMS that the gateway gets and in the head of the citizen, and nowhere
else.
"""

import base64
import logging
import re
import subprocess
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import IntegrityError, connection
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import timezone

from nobat.journal.models import JournalEntry
from nobat.local_postgres.server import programs
from nobat.offices.operators import add_operator
from nobat.people.models import Person, Session
from nobat.shared.persian import fa_digits
from nobat.shared.sealed import CannotUnseal
from nobat.sms.lost_answers import settle_lost_answers
from nobat.sms.models import SECRET_WAITS, Kind, OutgoingSms, State
from nobat.sms.outbox import queue_sms, values_of
from nobat.urls import handler400, handler403, handler404, handler500  # noqa: F401
from nobat.urls import urlpatterns as real_pages
from nobat.web.operator.site import SHOWN
from tests.build import bring_back_places_and_services, make_person, sign_in_staff
from tests.logged import all_that_is_logged
from tests.sms.gateway import DiesAfterwards, KeepsAll, Killed, never, try_again, unknown
from tests.sms.sending import send_due_sms
from tests.web.citizen.journey import ANSWER, MOBILE, NATIONAL_CODE, address_of
from tests.web.test_strangers import ASKS_FOR, PAGES, addresses

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "Canary-Qanari-Zard-7391"
OTHER_PASSWORD = "Canary-Qanari-Sabz-4628"  # after the reset
WRONG_PASSWORD = "Canary-Qanari-Sorkh-5150"
CODE, WRONG_CODE = "739146", "905173"
CANARIES = (PASSWORD, OTHER_PASSWORD, WRONG_PASSWORD, CODE)

BUTTONS = {"association:journal_of_person"}  # not opened, but sent

# What the gateway makes of each message, and where the SMS of code and account are then.
FATES = {
    "no worker runs": (None, State.WAITING, State.WAITING),
    "the worker is killed": ([Killed()], State.SENDING, State.SENDING),
    "the worker is killed afterwards": ([DiesAfterwards()], State.SENDING, State.SENDING),
    "it is busy": ([try_again()], State.WAITING, State.WAITING),
    "all is well": ([None], State.SENT, State.SENT),
    "it refuses": ([never()], State.GIVEN_UP, State.GIVEN_UP),
    "its answer is lost": ([unknown()], State.UNKNOWN, State.SENDING),
    "it quotes the text": ("QuotesTheText", State.UNKNOWN, State.SENDING),
}


def crash(request: HttpRequest) -> HttpResponse:
    typed = request.POST["password"]
    try:
        int(typed)
    except ValueError:
        raise RuntimeError(f"what is {typed}, or {request.POST['sms_code']}?") from None
    return HttpResponse()


urlpatterns = [*real_pages, path("crash/", crash)]


# ------------------------------------------------------------------------- searching
def found_in(text: bytes | str) -> list[str]:
    """The canaries in it, in clear or in any of the forms in which bytes are written."""
    raw = text.encode() if isinstance(text, str) else text
    return [canary for canary in CANARIES if any(re.search(form, raw) for form in forms(canary))]


def forms(canary: str) -> list[bytes]:
    # Six digits stand by chance in many a key; among them they are nobody's code.
    edges = (rb"(?<![0-9a-fA-F])%s(?![0-9a-fA-F])" if canary == CODE else rb"%s",)
    written = [canary.encode(), fa_digits(canary).encode()]
    encoded = [canary.encode(), canary.encode("utf-16-le"), canary.encode("utf-16-be")]
    hidden = [form for raw in encoded for form in (raw.hex().encode(), *in_base64(raw))]
    hidden += [raw.hex().upper().encode() for raw in encoded] + encoded[1:]
    return [edges[0] % re.escape(form) for form in written] + [re.escape(each) for each in hidden]


def in_base64(raw: bytes) -> list[bytes]:
    """As it stands in a longer text, at each of the three places where it may begin."""
    inner = []
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw)
        inner.append(text[-(-before * 8 // 6) : (before + len(raw)) * 8 // 6])
    return inner + [text.translate(bytes.maketrans(b"+/", b"-_")) for text in inner]


def dump() -> bytes:
    """The whole database, as a backup has it."""
    database = connection.get_connection_params()
    where = {"host": "--host", "port": "--port", "user": "--username", "dbname": "--dbname"}
    asked = [f"{option}={database[name]}" for name, option in where.items() if database.get(name)]
    environment = {"PGPASSWORD": database.get("password") or ""}
    answer = subprocess.run(
        [programs() / "pg_dump", *asked], env=environment, capture_output=True, check=True
    )
    assert b"COPY public.sms_outgoingsms" in answer.stdout
    assert MOBILE.encode() in answer.stdout, "what is searched is what was written"
    return answer.stdout


# ----------------------------------------------------------------------- the whole way
class Browser(Client):
    """Looks at every answer: no secret in an address, in a cookie, or in a page in clear."""

    def request(self, **request):
        answer = super().request(**request)
        cookies = " ".join(unquote(cookie.value) for cookie in answer.cookies.values())
        assert found_in(answer.get("Location", "") + cookies) == []
        assert not {PASSWORD, OTHER_PASSWORD, WRONG_PASSWORD} & set(
            found_in(b"".join(answer) if answer.streaming else answer.content)
        )
        return answer


@pytest.fixture
def log():
    """What is read by people and by machines, as one text."""
    with all_that_is_logged() as texts:
        yield lambda: "\n".join(text.getvalue() for text in texts)


@pytest.fixture
def outside(settings, monkeypatch):
    settings.SMS_GATEWAY = "tests.sms.gateway.KeepsAll"
    settings.CAPTCHA_ANSWER = ANSWER
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr("nobat.people.codes.secrets.randbelow", lambda _: int(CODE))
    KeepsAll.begins_anew()
    bring_back_places_and_services()
    return KeepsAll


@pytest.fixture
def fate(request, outside, settings):
    """Lets the worker meet its fate once; what state it leaves messages of each kind in."""
    answers, *states = FATES[request.param]
    if answers == "QuotesTheText":
        settings.SMS_GATEWAY = "tests.sms.gateway.QuotesTheText"

    def work():
        if answers is None:
            return
        outside.answers = list(answers) if isinstance(answers, list) else []
        try:
            send_due_sms()
        except Killed:
            outside.answers = []

    work.states = dict(zip((Kind.CODE, Kind.ACCOUNT_MADE), states, strict=True))
    return work


def sign_up(browser, work):
    human = {"captcha_0": "x", "captcha_1": ANSWER}
    browser.post(address_of("sign_up"), {"mobile": MOBILE, "nationality": "IR"} | human)
    work()
    look_at(Kind.CODE, work)
    details = {"first_name": "قناری", "last_name": "زرد", "national_code": NATIONAL_CODE}
    details |= {"password": PASSWORD, "sms_code": WRONG_CODE}
    page = browser.post(address_of("sign_up_details"), details)
    assert page.status_code == 422
    [kept] = re.findall(r'name="kept_password" value="([^"]+)"', page.content.decode())
    details |= {"password": "", "kept_password": kept, "sms_code": CODE}
    assert browser.post(address_of("sign_up_details"), details).status_code == 302
    work()
    look_at(Kind.ACCOUNT_MADE, work)


def come_back(browser, work, clock):
    sign_in, by_code = address_of("sign_in"), address_of("sign_in_code")
    browser.post(address_of("sign_out"))
    for password in (WRONG_PASSWORD, PASSWORD):
        browser.post(sign_in, {"mobile": MOBILE, "password": password, "way": "password"})
    assert browser.get(address_of("account")).status_code == 200
    browser.post(address_of("sign_out"))
    browser.post(sign_in, {"mobile": MOBILE, "way": "code"})
    work()
    browser.post(by_code, {"sms_code": WRONG_CODE})
    assert browser.post(by_code, {"sms_code": CODE}).status_code == 302
    clock.shift(timedelta(minutes=1))


def forget_the_password(browser, work):
    browser.post(address_of("sign_out"))
    human = {"captcha_0": "x", "captcha_1": ANSWER}
    browser.post(address_of("reset_password"), {"mobile": MOBILE} | human)
    work()
    page = address_of("reset_password_code")
    browser.post(page, {"sms_code": WRONG_CODE, "password": OTHER_PASSWORD})
    answer = browser.post(page, {"sms_code": CODE, "password": OTHER_PASSWORD})
    assert answer.status_code == 302


def look_at(kind, work):
    states = set(OutgoingSms.objects.filter(kind=kind).values_list("state", flat=True))
    assert states == {work.states[kind]}
    assert found_in(dump()) == []


def crash_in_a_page():
    typed = {"password": PASSWORD, "sms_code": CODE}
    page = Browser(raise_request_exception=False).post("/crash/", typed)
    assert page.status_code == 500
    assert found_in(page.content) == []


def look_at_the_pages_of_those_who_may(dr_karimi):
    """Those of operators, with each row of their tables, and those of the association."""
    omid = make_person("امید", "فروتن", mobile="+989120000017")
    add_operator(person=omid)
    look(sign_in_staff(Client(), omid), pages_of_operators())
    look(sign_in_staff(Client(), dr_karimi), pages_of_the_association())


def look(client, pages):
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200, page
        assert found_in(b"".join(answer) if answer.streaming else answer.content) == [], page


def pages_of_operators() -> list[str]:
    pages = []
    for model in SHOWN:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        if model in (Person, Session, OutgoingSms, JournalEntry):
            pages += [reverse(f"{name}_change", args=[row.pk]) for row in model.objects.all()]
    return pages


def pages_of_the_association() -> list[str]:
    """All that need nothing in their address; the journal is one of them."""
    names = [name for name in PAGES.keys() - ASKS_FOR - BUTTONS if not addresses()[name]]
    pages = [reverse(name) for name in names if name.startswith("association:")]
    assert reverse("association:journal") in pages
    return pages


@pytest.mark.parametrize("fate", FATES, indirect=True)
def test_no_secret_is_found_anywhere(fate, log, clock, dr_karimi):
    browser = Browser()
    sign_up(browser, fate)
    come_back(browser, fate, clock)
    forget_the_password(browser, fate)
    crash_in_a_page()

    assert found_in(dump()) == []
    assert "Internal Server Error" in log()
    assert found_in(log()) == []
    look_at_the_pages_of_those_who_may(dr_karimi)

    clock.shift(SECRET_WAITS)
    send_due_sms()
    settle_lost_answers()
    assert not OutgoingSms.objects.exclude(secret=None).exists()
    assert not OutgoingSms.objects.filter(state__in=(State.WAITING, State.SENDING)).exists()
    assert found_in(dump()) == []
    assert found_in(log()) == []


@pytest.mark.parametrize("text", [PASSWORD, CODE])
@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text,
        lambda text: fa_digits(text),
        lambda text: f'{{"code": "{text}"}}',
        lambda text: text.encode().hex(),
        lambda text: text.encode("utf-16-le").hex().upper(),
        lambda text: base64.b64encode(b"x" + text.encode()).decode(),
        lambda text: base64.b64encode(b"xy" + text.encode() + b"z").decode(),
        lambda text: base64.urlsafe_b64encode(text.encode("utf-16-be")).decode(),
    ],
)
def test_what_is_searched_for_would_be_found(text, hide):
    assert found_in(f"before {hide(text)} after") == [text]
    assert found_in("before x after") == []


# ----------------------------------------------------------------- sealed, and for how long
@pytest.fixture
def queued(outside):
    """Two codes that wait, each sealed in its own row."""
    for number in (1, 2):
        queue_sms(
            kind=Kind.CODE,
            to=f"+98912000000{number}",
            about="people.SmsCode:1",
            occasion=f"code {number}",
            params={"purpose": "sign_in"},
            secret={"code": f"{number}" * 6},
            not_after=timezone.now() + timedelta(hours=5),
        )
    return list(OutgoingSms.objects.order_by("pk"))


def test_two_rows_that_change_their_secrets_open_neither(queued, outside):
    one, other = queued
    OutgoingSms.objects.filter(pk=one.pk).update(secret=other.secret)
    OutgoingSms.objects.filter(pk=other.pk).update(secret=one.secret)
    send_due_sms()

    assert outside.received == []
    for sms in OutgoingSms.objects.all():
        assert sms.last_error == "CannotUnseal"
        with pytest.raises(CannotUnseal):
            values_of(sms)


def test_a_new_key_seals_and_the_old_one_still_opens(queued, outside, settings):
    old = settings.DATA_KEYS
    settings.DATA_KEYS = ["2026:" + "QkJC" * 10 + "QkI=", *old]
    queue_sms(
        kind=Kind.CODE,
        to="+989120000003",
        about="people.SmsCode:3",
        occasion="code 3",
        params={"purpose": "sign_in"},
        secret={"code": "333333"},
        not_after=timezone.now() + timedelta(minutes=2),
    )
    fresh = OutgoingSms.objects.get(occasion="code 3")

    assert bytes(queued[0].secret)[:2] == b"\x011"
    assert bytes(fresh.secret)[:5] == b"\x042026"
    assert [values_of(sms)["code"] for sms in (*queued, fresh)] == ["111111", "222222", "333333"]
    settings.DATA_KEYS = settings.DATA_KEYS[:1]
    with pytest.raises(CannotUnseal):
        values_of(queued[0])


@pytest.mark.parametrize("state", sorted(set(State) - {State.WAITING, State.SENDING}))
def test_the_database_refuses_a_secret_in_a_row_that_is_settled(queued, state):
    row = OutgoingSms.objects.filter(pk=queued[0].pk)

    with pytest.raises(IntegrityError, match="sms_keeps_a_secret_only_while_waiting"):
        row.update(state=state)
    assert row.update(state=state, secret=None) == 1


def test_the_database_refuses_a_secret_that_would_wait_for_longer(queued):
    row = OutgoingSms.objects.filter(pk=queued[0].pk)
    longest = F("queued_at") + SECRET_WAITS

    assert row.update(not_after=longest) == 1
    with pytest.raises(IntegrityError, match="sms_keeps_a_secret_for_thirty_minutes_at_most"):
        row.update(not_after=longest + timedelta(microseconds=1))


def test_statements_and_addresses_stay_out_of_the_log_at_any_level():
    for name in ("django.db.backends", "httpx", "httpcore"):
        assert not logging.getLogger(name).isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
