"""Twenty hours that everybody wants: nearly all come too late, and have to hear it soon."""

from collections.abc import Iterator
from itertools import cycle

from bench import SITE
from bench.asking import status_of
from bench.citizens import Citizens, Ready, book, is_booked
from bench.databases import connected
from bench.invariants import Broken
from bench.load import Load

HOT_HOURS = 20
SEATS_LEFT = 2  # of each
_HEAT_UP = """
UPDATE schedule_slot SET capacity = taken + %s, offered = taken + %s
WHERE id = ANY (%s) AND is_open AND held_until IS NULL RETURNING id
"""
_LEFT = "SELECT coalesce(sum(offered - taken), 0) FROM schedule_slot WHERE id = ANY (%s)"


class HotHours:
    """Other hours each time, each with two seats that are left."""

    def __init__(self, citizens: Citizens) -> None:
        self.citizens = citizens
        # In turns, not by chance: who is refused twenty times in ten minutes has to wait.
        shuffled = citizens.sessions[:]
        citizens.chance.shuffle(shuffled)
        self.sessions: Iterator[str] = cycle(shuffled)
        self.slots: list[int] = []

    def rush(self) -> Load:
        """Good is a seat, or word that all are taken."""
        wanted = {slot: office for slot, _, office in self._some_hours()}
        with connected(SITE) as connection:
            found = connection.execute(_HEAT_UP, [SEATS_LEFT, SEATS_LEFT, list(wanted)]).fetchall()
        self.slots = sorted(slot for (slot,) in found)[:HOT_HOURS]
        self.seats = len(self.slots) * SEATS_LEFT
        hot = cycle(self.slots)

        def ask() -> bytes:
            slot = next(hot)
            return book(self.citizens.asking, wanted[slot], slot, next(self.sessions))

        return Load(Ready(ask).written_ahead(), is_good=is_booked_or_too_late)

    def verify(self, *, told: int, asked: int) -> None:
        """Raises Broken unless as many seats were sold as there were, and as people heard of."""
        with connected(SITE) as connection:
            [(left,)] = connection.execute(_LEFT, [self.slots]).fetchall()
        refuse_unless_sold_out(seats=self.seats, left=int(left), told=told, asked=asked)

    def _some_hours(self) -> list[tuple[int, object, str]]:
        return [next(self.citizens.hours) for _ in range(2 * HOT_HOURS)]


def is_booked_or_too_late(head: bytes) -> bool:
    return status_of(head) == b"409" or is_booked(head)


def refuse_unless_sold_out(*, seats: int, left: int, told: int, asked: int) -> None:
    """Just as many people were told of a seat as were sold; and of so few seats none is left,
    if each hour was asked for at least twice as often as it has them."""
    if told + left != seats or (left and asked >= 2 * seats):
        raise Broken(f"{seats} seats: {left} were left, {told} people were told of one")
