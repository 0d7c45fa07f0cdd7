import pytest

from drill.history.search import Span, TooManyOrders, has_an_order

NEVER = float("inf")


def step(value, act):
    """A number that is written and read."""
    what, number = act
    if what == "write":
        return number
    return value if value == number else None


def span(what, number, began, ended, may_not_have_happened=False):
    return Span((what, number), began, ended, may_not_have_happened)


def test_who_reads_after_a_write_reads_it():
    assert has_an_order([span("write", 1, 0, 1), span("read", 1, 2, 3)], 0, step)
    assert not has_an_order([span("write", 1, 0, 1), span("read", 0, 2, 3)], 0, step)


def test_who_reads_beside_a_write_may_read_either():
    for number in (0, 1):
        assert has_an_order([span("write", 1, 0, 5), span("read", number, 2, 3)], 0, step)


def test_what_was_read_once_is_not_unread():
    reads = [span("read", 1, 1, 2), span("read", 0, 3, 4)]
    assert not has_an_order([span("write", 1, 0, 9), *reads], 0, step)
    assert has_an_order([span("write", 1, 0, 9), *reversed(reads)][:2], 0, step)


def test_what_nobody_knows_of_may_have_happened_at_any_time_or_not_at_all():
    unknown = span("write", 1, 0, NEVER, may_not_have_happened=True)
    assert has_an_order([unknown, span("read", 0, 5, 6)], 0, step)
    assert has_an_order([unknown, span("read", 0, 5, 6), span("read", 1, 7, 8)], 0, step)
    assert not has_an_order([unknown, span("read", 1, 5, 6), span("read", 0, 7, 8)], 0, step)


def test_nothing_happens_before_it_began():
    unknown = span("write", 1, 5, NEVER, may_not_have_happened=True)
    assert not has_an_order([unknown, span("read", 1, 1, 2)], 0, step)


def test_a_search_without_end_says_so():
    acts = [span("write", number, 0, 9) for number in range(12)]
    with pytest.raises(TooManyOrders):
        has_an_order([*acts, span("read", 99, 10, 11)], 0, step, most=50)
