from datetime import datetime

from nobat.shared.jalali import TEHRAN
from nobat.visits.models import Visit
from nobat.visits.queue import in_order


def at(clock):
    hour, minute = clock.split(":")
    return datetime(2026, 5, 3, int(hour), int(minute), tzinfo=TEHRAN)


def visit(number, *, hour=None, arrived="09:00"):
    return Visit(number=number, hour=hour and at(hour), arrived_at=at(arrived))


def numbers(waiting, now):
    return [each.number for each in in_order(waiting, at(now))]


def test_those_whose_hour_has_come_go_by_their_hours():
    waiting = [visit(1, hour="10:00"), visit(2, hour="09:30"), visit(3, hour="09:00")]
    assert numbers(waiting, "10:05") == [3, 2, 1]


def test_without_an_appointment_one_goes_after_those_whose_hour_has_come():
    waiting = [visit(1, arrived="08:00"), visit(2, hour="09:30")]
    assert numbers(waiting, "09:31") == [2, 1]


def test_without_an_appointment_one_goes_before_those_who_are_early():
    waiting = [visit(1, hour="09:30"), visit(2, arrived="09:10")]
    assert numbers(waiting, "09:20") == [2, 1]
    assert numbers(waiting, "09:30") == [1, 2]


def test_those_without_an_appointment_go_by_their_arrival():
    waiting = [visit(2, arrived="09:10"), visit(1, arrived="09:05")]
    assert numbers(waiting, "09:20") == [1, 2]


def test_at_the_same_hour_the_lower_number_goes_first():
    waiting = [visit(2, hour="09:00"), visit(1, hour="09:00")]
    assert numbers(waiting, "09:20") == [1, 2]
