"""What a test has committed is gone afterwards, and what migrations write stays."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError

from nobat.journal.models import JournalEntry
from nobat.people.models import Person
from tests.build import book
from tests.empty import empty_all_tables


@pytest.mark.django_db(transaction=True)
def test_all_is_gone_even_what_nobody_may_delete(sara, slot, petition):
    book(sara, slot, petition)
    models = ContentType.objects.count()
    with pytest.raises(DatabaseError):
        JournalEntry.objects.all().delete()
    empty_all_tables(None)
    assert not JournalEntry.objects.exists()
    assert not Person.objects.exists()
    assert ContentType.objects.count() == models > 0
