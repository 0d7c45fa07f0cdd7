import pytest
from django.db import ProgrammingError
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of, record, record_each


@pytest.fixture
def entry(sara):
    record(Act.SIGNED_IN, sara, by=sara, at=timezone.now(), way="code")
    return JournalEntry.objects.get()


def test_an_entry_says_who_did_what_to_whom_and_when(entry, sara):
    assert entry.act == Act.SIGNED_IN
    assert entry.subject == entry.by == f"people.Person:{sara.pk}"
    assert entry.at == timezone.now()
    assert entry.details == {"way": "code"}


def test_what_the_system_does_by_itself_has_no_actor(sara):
    record(Act.SESSIONS_ENDED, sara, by=None, at=timezone.now())
    assert JournalEntry.objects.get().by == ""


def test_rows_are_named_by_text_so_that_the_entry_outlives_them(entry, sara):
    name = name_of(sara)
    sara.delete()
    assert JournalEntry.objects.get().subject == name


def test_one_act_on_many_is_one_entry_for_each(sara, reza):
    now = timezone.now()
    record_each(Act.SIGNED_IN, [(sara, {"way": "code"}), (reza, {})], by=reza, at=now)

    entries = JournalEntry.objects.order_by("pk").values_list(
        "act", "subject", "by", "at", "details"
    )
    assert list(entries) == [
        (Act.SIGNED_IN, name_of(sara), name_of(reza), now, {"way": "code"}),
        (Act.SIGNED_IN, name_of(reza), name_of(reza), now, {}),
    ]


def test_the_database_refuses_to_change_an_entry(entry):
    with pytest.raises(ProgrammingError, match="append-only"):
        JournalEntry.objects.filter(pk=entry.pk).update(by="")


def test_the_database_refuses_to_delete_an_entry(entry):
    with pytest.raises(ProgrammingError, match="append-only"):
        entry.delete()
