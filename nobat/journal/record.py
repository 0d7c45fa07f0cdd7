"""Writing down what happened, in the transaction in which it happens."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Model

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry


def record(act: Act, subject: Model, *, by: Model | None, at: datetime, **details: object) -> None:
    """Append one entry. `details` hold ids and facts, never personal data."""
    JournalEntry.objects.create(
        act=act,
        subject=name_of(subject),
        by=name_of(by) if by else "",
        at=at,
        details=details,
    )


def record_each(
    act: Act,
    happened: Iterable[tuple[Model, Mapping[str, object]]],
    *,
    by: Model | None,
    at: datetime,
) -> None:
    """The same act on many subjects, each with its details, in few statements."""
    actor = name_of(by) if by else ""
    JournalEntry.objects.bulk_create(
        (
            JournalEntry(act=act, subject=name_of(subject), by=actor, at=at, details=dict(details))
            for subject, details in happened
        ),
        batch_size=1000,
    )


def name_of(row: Model) -> str:
    """How the journal names a row: "people.Person:12"."""
    return f"{row._meta.label}:{row.pk}"
