import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalSeal
from nobat.journal.record import record
from nobat.journal.seal import seal_journal
from nobat.journal.witnessed import NotWritten, check_witnessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(sara, clock):
    """Two days, each told twice."""
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now())
    clock.shift(timedelta(days=2))
    seal_journal()
    seals = list(JournalSeal.objects.order_by("day"))
    return [
        json.dumps({"day": each.day.isoformat(), "seal": each.digest, "entries": each.entries})
        for each in [*seals, *seals]
    ]


def sealed_anew(day):
    """As whoever owns the database and the keys could do it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_journalseal DISABLE TRIGGER USER")
        cursor.execute("UPDATE journal_journalseal SET digest = 'x' WHERE day = %s", [day])
        cursor.execute("ALTER TABLE journal_journalseal ENABLE TRIGGER USER")


def test_what_the_witness_has_is_what_stands_here(lines):
    assert list(check_witnessed([*lines, ""])) == []


def test_a_day_that_was_sealed_anew_is_told_once(lines):
    sealed_anew("2026-05-02")
    [found] = check_witnessed(lines)
    assert str(found) == "BROKEN  2026-05-02: its seal is not the one that was witnessed"


def test_a_day_that_is_gone_is_told(lines):
    gone = json.dumps({"day": "2026-05-01", "seal": "f" * 64, "entries": 7})
    assert [str(found.day) for found in check_witnessed([gone, *lines])] == ["2026-05-01"]


@pytest.mark.parametrize("line", ["no JSON", "[]", "{}", '{"day": "today", "seal": "f"}', "7"])
def test_a_line_of_somebody_else_is_refused_by_its_number(lines, line):
    with pytest.raises(NotWritten, match="line 5 is no seal"):
        list(check_witnessed([*lines, line]))
