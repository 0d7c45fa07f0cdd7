from dataclasses import replace

from drill.ledger import CONFIRMED, UNKNOWN, Told
from drill.promises import CANCELLED, Found, Kept, doubled, lost

BOOKED = Told(
    act="book", citizen=1, slot=7, began=1, ended=2, answer=CONFIRMED, reference="A", key="k"
)
DELETED = replace(BOOKED, act="cancel", began=3, ended=4, key="")
MOVED = replace(BOOKED, act="move", began=3, ended=4, key="m", slot=8, left=7)
KEPT = Kept(1, 7, "booked")


def found(**appointments):
    made = frozenset(appointments)
    return Found(appointments, {"k": "A", "m": "A"}, made)


def test_what_was_confirmed_is_there():
    assert lost([BOOKED], found(A=KEPT)) == []
    assert lost([BOOKED], found()) == ["A: 1 confirmed, and it is not there"]
    assert lost([BOOKED], found(A=replace(KEPT, citizen=2)))


def test_what_was_deleted_is_deleted_and_nothing_else_is():
    assert lost([BOOKED, DELETED], found(A=replace(KEPT, status=CANCELLED))) == []
    assert lost([BOOKED, DELETED], found(A=KEPT)) == ["A: it is booked"]
    assert lost([BOOKED], found(A=replace(KEPT, status=CANCELLED)))


def test_what_was_moved_is_where_it_was_moved_to():
    assert lost([BOOKED, MOVED], found(A=replace(KEPT, slot=8))) == []
    assert lost([BOOKED, MOVED], found(A=KEPT)) == ["A: it is at 7, not at [8]"]


def test_an_act_without_an_answer_may_have_happened_or_not():
    for status in ("booked", CANCELLED):
        doubt = replace(DELETED, answer=UNKNOWN)
        assert lost([BOOKED, doubt], found(A=replace(KEPT, status=status))) == []
    for slot in (7, 8):
        doubt = replace(MOVED, answer=UNKNOWN)
        assert lost([BOOKED, doubt], found(A=replace(KEPT, slot=slot))) == []
    assert lost([replace(BOOKED, answer=UNKNOWN, reference="")], found()) == []


def test_one_key_is_one_appointment():
    twice = replace(BOOKED, reference="B")
    assert doubled([BOOKED], found(A=KEPT)) == []
    assert doubled([BOOKED, twice], found(A=KEPT, B=KEPT)) == ["key k: ['A', 'B']"]
    assert doubled([replace(BOOKED, reference="B")], found(B=KEPT)) == ["key k: told ['B'], kept A"]


def test_nobody_has_an_appointment_that_nobody_asked_for():
    assert doubled([BOOKED], found(A=KEPT, B=KEPT)) == ["B: nobody asked for it"]
    doubt = replace(BOOKED, answer=UNKNOWN, reference="")
    assert doubled([doubt], found(A=KEPT)) == []
