"""A transaction around a request of a test, of which nothing is to stay."""

from django.db import transaction


def undone_later() -> transaction.Atomic:
    """The request opens its own transaction in it, as within that of a test case."""
    around = transaction.atomic()
    around._from_testcase = True
    return around
