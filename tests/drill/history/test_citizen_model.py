from dataclasses import replace

import pytest

from drill.history.citizen_model import Rules, Turn, When, step
from drill.ledger import CONFIRMED, REFUSED, Told

# 1, 2 and 3 are hours of one office on one day, 4 is elsewhere at the time of 1.
RULES = Rules(
    {
        1: When(1, "2026-05-03", 100, 200),
        2: When(1, "2026-05-03", 200, 300),
        3: When(1, "2026-05-03", 300, 400),
        4: When(2, "2026-05-03", 150, 250),
    }
)
NOTHING: frozenset[Turn] = frozenset()
ONE = frozenset({Turn("A", 1)})
TWO = ONE | {Turn("B", 2)}
BOOKED = Told(act="book", citizen=1, slot=3, began=1, ended=2, answer=CONFIRMED, reference="C")


def refused(reason, **changes):
    return replace(BOOKED, answer=REFUSED, reason=reason, reference="", **changes)


def test_two_turns_at_an_office_on_a_day_and_no_third():
    assert step(ONE, BOOKED, RULES) == ONE | {Turn("C", 3)}
    assert step(TWO, BOOKED, RULES) is None


def test_nobody_is_at_two_places_at_once():
    assert step(ONE, replace(BOOKED, slot=4), RULES) is None
    assert step(NOTHING, replace(BOOKED, slot=4), RULES) is not None


@pytest.mark.parametrize(
    ("reason", "slot", "justified", "not_justified"),
    [
        ("TooManyAppointments", 3, TWO, ONE),
        ("AlreadyBookedThen", 4, ONE, NOTHING),
        ("NotPossibleNow", 3, NOTHING, NOTHING | {Turn("", 3)}),
    ],
)
def test_a_refusal_has_its_reason(reason, slot, justified, not_justified):
    assert step(justified, refused(reason, slot=slot), RULES) == justified
    assert step(not_justified, refused(reason, slot=slot), RULES) is None


def test_whoever_is_suspended_books_nothing_and_nobody_else_is_told_so():
    suspended = replace(RULES, suspended_until=50)
    assert step(NOTHING, BOOKED, suspended) is None
    assert step(NOTHING, refused("Suspended"), suspended) == NOTHING
    assert step(NOTHING, refused("Suspended"), RULES) is None


def test_a_turn_is_moved_deleted_or_kept_once():
    move = replace(BOOKED, act="move", reference="A", left=1)
    assert step(TWO, move, RULES) == frozenset({Turn("A", 3), Turn("B", 2)})
    assert step(ONE, replace(BOOKED, act="cancel", reference="A"), RULES) == NOTHING
    come = replace(BOOKED, act="check_in", slot=1, reference="A")
    here = step(ONE, come, RULES)
    assert here == frozenset({Turn("A", 1, is_checked_in=True)})
    for act in ("check_in", "cancel", "move"):
        assert step(here, replace(come, act=act), RULES) is None
    assert (
        step(
            here,
            refused("NotPossibleNow", slot=1)
            and replace(come, answer=REFUSED, reason="NotPossibleNow"),
            RULES,
        )
        == here
    )


def test_what_is_booked_again_under_the_same_code_is_wrong():
    assert step(ONE, replace(BOOKED, reference="A"), RULES) is None
