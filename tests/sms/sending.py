"""What the worker does with messages, once."""

from nobat.sms.lanes import Lane
from nobat.sms.send import send_lane


def send_due_sms() -> int:
    """Each lane in turn, the most urgent first; returns how many went."""
    return sum(send_lane(lane) for lane in Lane)
