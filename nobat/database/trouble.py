"""What can go wrong between us and the database, and what of it passes by itself."""

from django.db import Error, InterfaceError, InternalError, OperationalError

READ_ONLY = "25006"
# Another one stood in the way; the connection is as good as before.
IN_THE_WAY = {"40001", "40P01", "55P03"}
ENDED = {"57P01", "57P02", "57P03"}
_PASSES = {READ_ONLY, *IN_THE_WAY, *ENDED}
# PgBouncer says these while the statement still stands in its own queue.
_NOT_PASSED_ON = ("query_wait_timeout", "server login has been failing", "server_login_retry")


class NoConnection(OperationalError):
    """There was none to be had: the database was asked nothing."""


class OutcomeUnknown(OperationalError):
    """What was to be written was sent, and nobody knows yet whether it is kept."""


def state_of(trouble: BaseException) -> str | None:
    """The SQLSTATE that the server has said; None if it said none."""
    state: str | None = getattr(trouble.__cause__, "sqlstate", None)
    return state


def passes(trouble: Error) -> bool:
    """Whether the same may well go through a moment later."""
    state = state_of(trouble)
    if state is None:
        return isinstance(trouble, OperationalError | InterfaceError)
    return state in _PASSES or state.startswith("08")


def is_for_reading_only(trouble: BaseException | None) -> bool:
    """A write was refused by a server on which one can only read."""
    return isinstance(trouble, InternalError) and state_of(trouble) == READ_ONLY


def told_apart(trouble: Error, *, is_final: bool) -> Error:
    """What it means for whoever has sent a statement; a final one needs no COMMIT after it."""
    if any(words in str(trouble) for words in _NOT_PASSED_ON):
        return NoConnection(str(trouble))
    state = state_of(trouble)
    is_an_answer = state is not None and state not in ENDED and not state.startswith("08")
    return trouble if is_an_answer or not is_final else OutcomeUnknown("no answer")
