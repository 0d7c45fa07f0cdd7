import pytest

from drill.faults import FAULTS


@pytest.mark.parametrize(
    ("fault", "allowed"),
    [("switchover", 5), ("kill", 15), ("machine", 30), ("cut", 30), ("island", 30)],
)
def test_no_fault_may_hurt_longer_than_was_promised(fault, allowed):
    assert FAULTS[fault].allowed == allowed


def test_no_fault_is_mended_before_the_time_that_it_may_hurt_is_over():
    # Nobody books on a full disk, and no other machine takes over: it is freed, and goes on.
    early = [name for name, fault in FAULTS.items() if fault.lasts < fault.allowed]
    assert early == ["disk"]
