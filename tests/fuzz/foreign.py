"""What no form of ours asks for: another site's token, and every column of every table."""

from collections import Counter
from http.cookies import SimpleCookie

from django.apps import apps
from django.db import models, transaction

from nobat.offices.models import Office
from nobat.people.models import Person
from tests.front import SECRET, token
from tests.fuzz.surface import Surface, Target
from tests.fuzz.tables import changed_since, changes, writes
from tests.fuzz.tries import Tries, as_sent
from tests.undone import undone_later

# By a secret in the address instead: a provider has no page of ours with a token in it.
WITHOUT_TOKEN = {"sms:reports", "sms:incoming"}
TOKENS = {
    "no token": {},
    "somebody else's token": {"csrfmiddlewaretoken": token("t" * 32)},
    "what is no token": {"csrfmiddlewaretoken": "نشانه\0" * 9},
    "a form of another site": {"csrfmiddlewaretoken": token(), "origin": "https://other.example"},
    "a form of no site": {"csrfmiddlewaretoken": token(), "origin": "null"},
    "a page of another site": {"csrfmiddlewaretoken": token(), "referer": "https://other.example/"},
}
# Its page shows the form of a phone only when that phone is chosen.
OF_THE_DEMO = "demo:"
# Nobody would give it by chance.
NUMBER, DAY, MOMENT = "4711", "2031-03-21", "2031-03-21T10:00:00Z"
TELLING = (NUMBER, DAY)
# What such a thing is called elsewhere.
ALSO_CALLED = {"is_staff": "on", "is_superuser": "on", "is_active": "0", "pk": NUMBER}
ALSO_PEOPLE = {"user", "by", "booked_by", "owner", "actor"}


def posts(surface: Surface) -> list[Target]:
    return [each for each in surface.targets.values() if each.method == "POST"]


def taken_without_our_token(surface: Surface) -> list[tuple]:
    """Forms that do something although they come from no page of ours."""
    client, taken = surface.tries.client, []
    before = client.cookies, client.handler.enforce_csrf_checks
    client.cookies = SimpleCookie({name: each.value for name, each in before[0].items()})
    client.cookies["csrf"] = SECRET
    client.handler.enforce_csrf_checks = True
    # What refuses them stands before the page, and does not look at the form.
    for target in {each.page: each for each in posts(surface)}.values():
        for what, said in TOKENS.items():
            status = _status_with(client, target, said)
            if target.page not in WITHOUT_TOKEN and status not in {403, 404}:
                taken.append((what, target.address, status))
    client.cookies, client.handler.enforce_csrf_checks = before
    return taken


def _status_with(client, target: Target, said: dict[str, str]) -> int:
    headers = {name: said[name] for name in ("origin", "referer") if name in said}
    typed = [(field.name, field.value) for field in target.fields]
    pairs = [pair for pair in typed if not pair[0].startswith("csrf")]
    pairs += [(name, value) for name, value in said.items() if name.startswith("csrf")]
    body, kind = as_sent(pairs, is_multipart=target.is_multipart)
    with undone_later():
        answer = client.generic(
            "POST", target.address, body, kind, headers=headers, secure="referer" in said
        )
        transaction.set_rollback(True)
    return answer.status_code


def columns(other: Person, office: Office) -> dict[str, str]:
    """Every column there is, by the names that a form could give it, with something of others."""
    found = dict(ALSO_CALLED) | dict.fromkeys(ALSO_PEOPLE, str(other.pk))
    for model in apps.get_models():
        if model.__module__.startswith("nobat."):
            for field in model._meta.concrete_fields:
                value = _foreign(field, other, office)
                found |= {field.name: value, field.attname: value}
    return found


def _foreign(field: models.Field, other: Person, office: Office) -> str:
    if field.name == "mobile":
        return other.mobile
    if field.related_model is Person:
        return str(other.pk)
    if field.related_model is Office:
        return str(office.pk)
    if field.choices:
        return str(field.flatchoices[-1][0])
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return MOMENT
    return DAY if isinstance(field, models.DateField) else NUMBER


def slipped_in(surface: Surface, foreign: dict[str, str]) -> tuple[list[tuple], int]:
    """Where a column that the form does not ask for changes what is stored; and how many forms
    were taken at all.

    Each form is sent twice as it should be, which tells what is new each time (a number by
    chance, a key), and once with everything that no form of its page shows.
    """
    differ, taken = [], 0
    for target in posts(surface):
        if target.page.startswith(OF_THE_DEMO):
            continue
        shown = surface.shown.get(target.page, set())
        pairs = [(field.name, field.value) for field in target.fields]
        more = [pair for pair in foreign.items() if pair[0] not in shown]
        first, again = (_stored(surface.tries, target, pairs) for _ in range(2))
        with_more = _stored(surface.tries, target, pairs + more)
        changes_each_time = {cell[:3] for cell in (first - again) + (again - first)}
        other = [
            cell
            for cell in (with_more - first) + (first - with_more)
            if cell[:3] not in changes_each_time or str(cell[3]).startswith(TELLING)
        ]
        taken += bool(first)
        if other:
            differ.append((target.address, other))
    return differ, taken


def _stored(tries: Tries, target: Target, pairs) -> Counter:
    """Each cell that is another one afterwards: its table, what happened, its column and value."""
    cookies = tries.client.cookies.copy()
    written = writes()
    with undone_later():
        tries.ask(target, pairs)
        found = changes(tries.rows, changed_since(tries.before, written))
        transaction.set_rollback(True)
    tries.client.cookies = cookies
    return Counter(
        (table, what, column, str(value))
        for table, what, row in found
        for column, value in row.items()
    )
