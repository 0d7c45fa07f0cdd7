from dataclasses import replace

from drill.history.slot_model import Hour, KeptSeat, step
from drill.ledger import CONFIRMED, REFUSED, Told

SLOT = 7
BOOKED = Told(act="book", citizen=1, slot=SLOT, began=10, ended=11, answer=CONFIRMED, reference="A")
FULL = replace(BOOKED, answer=REFUSED, reason="SlotFull", reference="")
DELETED = replace(BOOKED, act="cancel")
KEPT = KeptSeat(100, 700, "B")


def test_a_seat_is_taken_while_there_is_one():
    assert step(Hour(2, 1), BOOKED, SLOT) == Hour(2, 2)
    assert step(Hour(2, 2), BOOKED, SLOT) is None


def test_who_is_told_that_it_is_full_is_told_so_when_it_is():
    assert step(Hour(2, 2), FULL, SLOT) == Hour(2, 2)
    assert step(Hour(2, 1), FULL, SLOT) is None


def test_a_seat_that_was_given_up_is_free_for_nobody_at_first():
    after = step(Hour(1, 1), DELETED, SLOT)
    assert after is not None
    assert after.taken == 0
    assert step(after, BOOKED, SLOT) is None or after.kept[0].reference == "A"
    other = replace(BOOKED, reference="C", began=20, ended=21)
    assert step(after, other, SLOT) is None
    assert step(after, replace(other, began=80, ended=81), SLOT) is not None


def test_a_seat_that_is_kept_may_be_said_to_be_gone_until_it_must_be_back():
    hour = Hour(1, 0, (KEPT,))
    assert step(hour, replace(FULL, began=650), SLOT) == hour
    assert step(hour, replace(FULL, began=800, ended=801), SLOT) is None


def test_whoever_left_a_seat_by_moving_may_come_back_to_it():
    back = replace(BOOKED, act="move", reference="B", left=3)
    assert step(Hour(1, 0, (KEPT,)), back, SLOT) == Hour(1, 1)
    assert step(Hour(1, 0, (KEPT,)), BOOKED, SLOT) is None


def test_a_move_gives_up_the_hour_that_it_leaves():
    away = replace(BOOKED, act="move", slot=9, left=SLOT)
    after = step(Hour(2, 2), away, SLOT)
    assert after is not None
    assert (after.taken, len(after.kept)) == (1, 1)
    assert step(Hour(2, 0), away, SLOT) is None
