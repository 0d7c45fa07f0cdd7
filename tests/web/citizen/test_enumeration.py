"""Whether somebody has an account is told by no answer, no cookie, no statement and no hashing.

Time itself would flicker on a busy machine. What takes time here is counted instead: statements
of the database, each with its shape, and runs of Argon2, of which one takes longer than all else.
"""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nobat.people.hashing import Argon2
from nobat.people.mobile import local_form
from tests.build import confirm_second_factor
from tests.web.citizen.journey import ANSWER, body_of, details

pytestmark = pytest.mark.django_db
UNKNOWN = "09173456789"
HUMAN = {"captcha_0": "x", "captcha_1": ANSWER}
# Each way to ask, as the steps that are taken: an address, and what is written there.
WAYS = {
    "signing up": [("/sign-up/", {"nationality": "IR"} | HUMAN)],
    "signing up with a code that is wrong": [
        ("/sign-up/", {"nationality": "IR"} | HUMAN),
        ("/sign-up/details/", details(sms_code="999999")),
    ],
    "signing in by password": [("/sign-in/", {"password": "Sarv-Naz-40"})],
    "signing in by password, for the sixth time": [("/sign-in/", {"password": "Sarv-Naz-40"})] * 6,
    "signing in by code": [("/sign-in/", {"way": "code"})],
    "signing in by a code that is wrong": [
        ("/sign-in/", {"way": "code"}),
        ("/sign-in/code/", {"sms_code": "999999"}),
    ],
    "a lost password": [("/reset-password/", HUMAN)],
    "a lost password with a code that is wrong": [
        ("/reset-password/", HUMAN),
        ("/reset-password/code/", {"sms_code": "999999", "password": "Nastaran-Sabz-52"}),
    ],
    "coming to work": [("/office/sign-in/", {"password": "Sarv-Naz-40"})],
}


@pytest.fixture(autouse=True)
def _one_answer_to_every_picture(settings):
    settings.CAPTCHA_ANSWER = ANSWER


@pytest.fixture
def hashed(monkeypatch):
    """How often Argon2 ran."""
    runs = Counter()
    for name in ("encode", "verify", "harden_runtime"):
        monkeypatch.setattr(Argon2, name, _counting(runs, name, getattr(Argon2, name)))
    return runs


def _counting(runs, name, does):
    def counted(*said, **named):
        runs[name] += 1
        return does(*said, **named)

    return counted


@pytest.fixture
def known(maryam):
    """Asked for before `sms_code`, since codes for paper are by chance too."""
    confirm_second_factor(maryam)
    return local_form(maryam.mobile)


def shape(statement: str) -> str:
    """The statement without its values, which differ with the number."""
    return re.sub(r"'[^']*'|\b\d+\b|\\x[0-9a-f]+|s\d+_x\d+", "?", statement)


def asked(way, mobile, hashed):
    client, seen = Client(), []
    hashed.clear()
    with CaptureQueriesContext(connection) as statements:
        for address, typed in WAYS[way]:
            answer = client.post(address, {"mobile": mobile} | typed)
            body = body_of(answer).replace(mobile, "…")
            cookies = sorted(answer.cookies)
            seen.append((answer.status_code, answer.headers.get("Location"), cookies, body))
    return seen, [shape(each["sql"]) for each in statements], sum(hashed.values())


@pytest.mark.parametrize("way", WAYS)
def test_a_known_and_an_unknown_number_cost_and_say_the_same(way, known, sms_code, hashed):
    of_known, of_unknown = asked(way, known, hashed), asked(way, UNKNOWN, hashed)

    assert of_known[0] == of_unknown[0]
    assert of_known[1] == of_unknown[1]
    assert of_known[2] == of_unknown[2]


def test_whoever_is_hashed_is_counted(known, hashed):
    assert asked("signing in by password", known, hashed)[2] >= 1
