"""For how long nothing can be written, or could not a moment ago, as far as this process knows.

Who was seen is written down; in such a time nobody can be (people/sessions.py).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone


class _Stretch(NamedTuple):
    began: datetime
    last: datetime  # when it was last so


class _State:
    stretch: _Stretch | None = None
    goes_on = False


def note_no_writing(since: datetime | None = None) -> None:
    """Nothing can be written now, and could not since that moment, if it is known."""
    now = timezone.now()
    began = min(since or now, now)
    if _State.stretch and _State.goes_on:
        began = min(began, _State.stretch.began)
    _State.stretch, _State.goes_on = _Stretch(began, now), True


def note_writing() -> None:
    """Something can be written: the next time in which nothing can is another one."""
    _State.goes_on = False


def goes_on() -> bool:
    return _State.goes_on


def time_without_writing(*, within: timedelta) -> timedelta:
    """How long the last such time was; none if it ended longer ago than `within`."""
    stretch = _State.stretch
    if stretch is None or timezone.now() - stretch.last >= within:
        return timedelta()
    return stretch.last - stretch.began


def forget() -> None:
    """As if the process had just begun."""
    _State.stretch, _State.goes_on = None, False
