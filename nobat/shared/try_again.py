"""Doing an act again when the database had a bad moment: never within it, and never twice.

Whoever opens the outermost transaction of an act opens it in here. Decision 38.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import Error, connection, transaction

from nobat.database import trouble
from nobat.database.trouble import OutcomeUnknown

TRIES = 3
PAUSES_SECONDS = (0.05, 0.4)  # by chance, so that not all come back at once
# Who has waited so long already is told so, instead of standing in the way of others.
LAST_TRY_WITHIN_SECONDS = 3.0
# A transaction that writes nothing but that it was: its COMMIT is answered when all before it
# is on the standby too.
_ALL_IS_KEPT = "SELECT pg_logical_emit_message(true, 'nobat', '')"

Answer = TypeVar("Answer")
IsForAgain = Callable[[Error], bool]


class WithinATransaction(RuntimeError):
    """Only the outermost one can be done again: the rest of it would be missing."""


def try_again(act: Callable[[], Answer]) -> Answer:
    """For an act whose second time finds the first: by its key, or by what it changed.

    Raises the last trouble. After a lost answer that is OutcomeUnknown, unless a later one
    came: then it is certain, on the standby too.
    """
    return _tries(act, trouble.passes)


def try_again_until_sent(act: Callable[[], Answer]) -> Answer:
    """For an act without a key, all of it in one transaction: never again once its COMMIT
    was sent. Raises OutcomeUnknown where the answer to that was lost."""

    def whole() -> Answer:
        with transaction.atomic():
            return act()

    return _tries(whole, _passes_and_was_not_sent)


def make_certain() -> None:
    """Come back when all that was written so far is kept. Raises OutcomeUnknown."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_IS_KEPT)


def _tries(act: Callable[[], Answer], is_for_again: IsForAgain) -> Answer:
    _refuse_within_a_transaction()
    no_try_after = time.perf_counter() + LAST_TRY_WITHIN_SECONDS
    is_in_doubt, left = False, TRIES
    while True:
        try:
            answer = act()
            if is_in_doubt:
                make_certain()
            return answer
        except Error as problem:
            left -= 1
            is_in_doubt |= isinstance(problem, OutcomeUnknown)
            _leave_what_is_broken(problem)
            if not left or time.perf_counter() > no_try_after or not is_for_again(problem):
                if is_in_doubt:
                    raise OutcomeUnknown("sent, and not answered") from problem
                raise
            time.sleep(random.uniform(*PAUSES_SECONDS))  # noqa: S311  no secret


def _passes_and_was_not_sent(problem: Error) -> bool:
    return trouble.passes(problem) and not isinstance(problem, OutcomeUnknown)


def _refuse_within_a_transaction() -> None:
    # What Django's own test cases open around everything is not ours.
    around = [each for each in connection.atomic_blocks if not each._from_testcase]  # type: ignore[attr-defined]
    if around:
        raise WithinATransaction("only an outermost transaction can be done again")


def _leave_what_is_broken(problem: Error) -> None:
    if trouble.passes(problem) and trouble.state_of(problem) not in trouble.IN_THE_WAY:
        connection.close()
