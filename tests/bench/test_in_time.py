import signal
import time

import pytest

from bench.in_time import TookTooLong, in_time


@pytest.fixture(autouse=True)
def signals_as_before():
    before = [(each, signal.getsignal(each)) for each in (signal.SIGALRM, signal.SIGTERM)]
    yield
    for each, handler in before:
        signal.signal(each, handler)


def test_what_hangs_is_ended():
    with pytest.raises(TookTooLong), in_time(1):
        time.sleep(5)


def test_who_is_told_to_end_leaves_in_order():
    with pytest.raises(SystemExit), in_time(60):
        signal.raise_signal(signal.SIGTERM)


def test_nothing_rings_afterwards():
    with in_time(60):
        pass
    assert signal.alarm(0) == 0
