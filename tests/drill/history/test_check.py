"""The checker on the real system: it passes, and with a guard switched off it fails."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from django.db import connection

from drill.history.check import Before, findings
from drill.inside.compare import after, before
from drill.ledger import CONFIRMED, REFUSED, UNKNOWN, Told
from drill.promises import Found, doubled, lost
from nobat.appointments import take_turn
from tests.at_once import at_once
from tests.build import book, make_person, make_slot
from tests.conftest import SATURDAY_8_AM
from tests.drill.history.crowd import Crowd

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_time]

TAKE_TURN = Path(take_turn.__file__).with_suffix(".sql").read_text(encoding="utf-8")
FAILS_WITHIN = 30  # seconds
ROUNDS = 12
# In each of them, what one looks at and what one writes are further apart than on a quick machine.
SLOWER = (
    "    -- The seats, unless a slot",
    "    PERFORM pg_sleep(0.01);\n    -- The seats, unless",
)
SEATS = [
    ("WHERE s.id = p_slot AND s.taken < s.offered AND", "WHERE s.id = p_slot AND"),
    (
        "    SELECT p_slot.id = ANY (p_held) OR p_slot.taken < p_slot.offered AND (",
        "SELECT true OR (",
    ),
]
CITIZEN = [("AND p.erased_at IS NULL FOR NO KEY UPDATE;", "AND p.erased_at IS NULL;")]
KEY = [
    ("WHERE r.citizen_id = p_citizen AND r.key = p_key\n        )", "WHERE false)"),
    ("    WHERE r.citizen_id = p_citizen AND r.key = p_key\n$$", "    WHERE false $$"),
]


@pytest.fixture
def clock():
    """Time goes on from Saturday morning."""
    with time_machine.travel(SATURDAY_8_AM) as traveller:
        yield traveller


@pytest.fixture
def crowd(office, petition, maryam):
    people = [make_person(mobile=f"+98912000010{number}") for number in range(5)]
    # Hours that overlap, and more of one office and day than one may have.
    hours = ["08:00", "08:15", "08:30", "09:00", "09:30", "10:00"]
    slots = [make_slot(office, hour, capacity=2) for hour in hours]

    def begin(seed):
        return Crowd(seed, people=people, slots=slots, service=petition, clerk=maryam)

    return begin


@pytest.fixture
def without():
    """Switches a guard off in the database of the tests, until the test is over."""
    undo = []

    def switch_off(changes, constraint="", table=""):
        _tell(_changed([SLOWER, *changes]))
        if constraint:
            [(definition,)] = _ask(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", constraint
            )
            _tell(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            undo.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")

    yield switch_off
    _tell("TRUNCATE appointments_appointment, schedule_slot CASCADE")
    _tell(TAKE_TURN)
    for order in undo:
        _tell(order)


def _changed(changes):
    text = TAKE_TURN
    for is_there, instead in changes:
        assert text.count(is_there) == 1, is_there
        text = text.replace(is_there, instead)
    return text


def _tell(order):
    with connection.cursor() as cursor:
        cursor.execute(order)


def _ask(question, *values):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


def wrong_in(told, was):
    found = after(was)
    return [*lost(told, found), *doubled(told, found), *findings(told, was, found)]


def fails(crowd, was):
    """Rounds until the checker has found something, as long as it may take."""
    began = time.monotonic()
    while time.monotonic() - began < FAILS_WITHIN:
        crowd.round()
        wrong = wrong_in(crowd.told, was)
        if wrong:
            return wrong
    return []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_people_are_told_could_have_happened_one_after_the_other(crowd, without, seed):
    without([])  # slower, and with every guard
    people = crowd(seed)
    was = Before.from_json(before())
    for _ in range(ROUNDS):
        people.round()
    answers = {(each.answer, each.act) for each in people.told}
    assert {("confirmed", "book"), ("refused", "book"), ("confirmed", "cancel")} <= answers
    assert "unknown" not in {answer for answer, _ in answers}
    assert wrong_in(people.told, was) == []


def test_one_comes_or_deletes_but_not_both(crowd, sara, reza, petition, clock):
    people = crowd(4)
    turns = [book(each, people.slots[-1], petition) for each in (sara, reza)]
    clock.shift(86_400)
    was = Before.from_json(before())
    for turn in turns:
        acts = [people.comes(turn), people.deletes(turn), people.comes(turn)]
        at_once(acts)
    assert sorted(each.answer for each in people.told) == ["confirmed"] * 2 + ["refused"] * 4
    assert wrong_in(people.told, was) == []


def test_without_the_guard_of_the_seats_it_fails(crowd, without):
    without(SEATS, "slot_is_never_overbooked", "schedule_slot")
    assert fails(crowd(5), Before.from_json(before()))


def test_without_the_line_of_a_citizens_bookings_it_fails(crowd, without):
    without(CITIZEN)
    assert fails(crowd(6), Before.from_json(before()))


def test_without_the_key_it_fails(crowd, without):
    [(name,)] = _ask(
        "SELECT conname FROM pg_constraint WHERE contype = 'u'"
        " AND conrelid = 'appointments_turnrequest'::regclass"
    )
    without(KEY, name, "appointments_turnrequest")
    assert fails(crowd(7), Before.from_json(before()))


def test_what_nobody_was_answered_explains_what_others_were_told(crowd):
    """It has happened if the database has its key, at any time after it was asked for."""
    was = Before.from_json(before())
    slot = min(was.hours)
    was = replace(was, hours={slot: replace(was.hours[slot], capacity=1)})
    asked = Told(act="book", citizen=1, slot=slot, began=1, ended=2, answer=UNKNOWN, key="k")
    full = replace(asked, citizen=2, began=5, ended=6, answer=REFUSED, reason="SlotFull", key="m")
    nothing, done = Found({}, {}, frozenset()), Found({}, {"k": "A"}, frozenset("A"))
    assert findings([asked, full], was, done) == []
    assert findings([asked, full], was, nothing) == [f"slot {slot}: its 1 answers fit no order"]
    assert findings([full, replace(asked, began=8)], was, done)


def test_who_presses_twice_is_not_refused_for_the_first_press(crowd):
    was = Before.from_json(before())
    first = Told(
        act="book",
        citizen=1,
        slot=min(was.hours),
        began=1,
        ended=4,
        answer=CONFIRMED,
        key="k",
        reference="A",
    )
    again = replace(first, began=2, ended=5)
    refused = replace(again, answer=REFUSED, reason="AlreadyBookedThen", reference="")
    found = Found({}, {"k": "A"}, frozenset("A"))
    assert findings([first, again], was, found) == []
    assert findings([first, refused], was, found) == ["citizen 1: its 2 answers fit no order"]
