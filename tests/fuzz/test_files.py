"""Whatever is sent as a list of offices: refused with words, or shown, taken over and given back
as words that no program runs."""

import csv
import io

import pytest
from django.db import transaction

from nobat.offices.models import Office, OfficeImport
from nobat.offices.spreadsheet import FORMULA_SIGNS
from nobat.offices.take_over_offices import take_over_offices
from tests.fuzz import files, roles
from tests.fuzz.examples import EXAMPLES, over_and_over
from tests.fuzz.pages import Page
from tests.fuzz.tries import Tries, as_sent, badly_kept, broken_out, text_of
from tests.undone import undone_later
from tests.web.office.entry import right_code

pytestmark = pytest.mark.django_db
IMPORT = "/association/offices/imports/"
EXPORT = "/association/offices/export.csv"
LISTS_PER_EXAMPLE = 10


@pytest.fixture
def tries(cast, world, figures) -> Tries:
    return Tries(roles.association(cast), figures)


def send(tries, name, content):
    return tries.send("POST", IMPORT, [("file", (name, content))], multipart=True)


@pytest.mark.parametrize("what", files.NO_LIST)
def test_what_is_no_list_is_refused_with_words_and_soon(what, tries):
    content = files.NO_LIST[what]()
    answer = send(tries, "list.xlsx", content)

    assert tries.wrong == []
    assert answer.status_code in {400, 422}
    assert "list.xlsx" not in text_of(answer)


@pytest.mark.parametrize("what", files.LISTS)
def test_nothing_in_a_list_runs_anywhere(what, tries):
    content = files.LISTS[what]()

    assert send(tries, "list.csv", content).status_code == 302
    assert tries.wrong == []
    assert taken_over(tries, "list.csv", content) == []


def test_whatever_is_in_a_list_it_is_refused_or_kept_as_words(tries):
    wrong = []

    def do(drawn):
        if send(tries, *drawn).status_code == 302:
            wrong.extend((problem, drawn) for problem in taken_over(tries, *drawn))

    over_and_over(files.lists(), do, times=EXAMPLES * LISTS_PER_EXAMPLE)
    assert tries.wrong == []
    assert wrong == []


def taken_over(tries, name, content) -> list[str]:
    """What is wrong when it is looked at, taken over, and taken home again."""
    client = tries.client
    with undone_later():
        body, kind = as_sent([("file", (name, content))], is_multipart=True)
        shown = client.generic("POST", IMPORT, body, kind).headers["Location"]
        problems = list(looked_at(client, shown))
        office_import = OfficeImport.objects.latest("pk")
        sure = {"seen": office_import.version, "code": right_code()}
        problems += [] if client.post(shown, sure).status_code in {302, 409} else ["not begun"]
        take_over_offices(import_id=office_import.pk, tell=lambda _: None)
        problems += [*looked_at(client, shown), *looked_at(client, "/association/offices/")]
        rows = Office.objects.values("name", "manager", "address", "phone", "code")
        problems += badly_kept(("offices_office", "new", row) for row in rows)
        problems += runs(b"".join(client.get(EXPORT)))
        transaction.set_rollback(True)
    return problems


def looked_at(client, address):
    answer = client.get(address)
    if answer.status_code != 200:
        yield f"{address} answered {answer.status_code}"
    else:
        yield from broken_out(Page(text_of(answer)), text_of(answer))


def runs(exported: bytes) -> list[str]:
    """The cells that a spreadsheet program would take for a formula."""
    rows = csv.reader(io.StringIO(exported.decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    return [f"a formula: {cell!r}" for cell in cells if cell.startswith(FORMULA_SIGNS)]
