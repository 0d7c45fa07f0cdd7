from datetime import datetime, timedelta

from nobat.schedule.availability import FreeHour
from nobat.shared.jalali import TEHRAN
from nobat.web.citizen.hours_box import length_in_words, parts_of_day, tile


def free(begin, *, seats=2, minutes=30, slot_id=7):
    starts_at = datetime.fromisoformat(f"2026-05-03T{begin}").replace(tzinfo=TEHRAN)
    return FreeHour(slot_id, starts_at, starts_at + timedelta(minutes=minutes), seats)


def test_noon_parts_the_day():
    hours = [free("08:00"), free("11:45"), free("12:00")]

    assert parts_of_day(hours) == [("صبح", hours[:2]), ("بعدازظهر", hours[2:])]


def test_a_part_without_hours_is_left_out():
    assert [part.title for part in parts_of_day([free("13:00")])] == ["بعدازظهر"]
    assert parts_of_day([]) == []


def said(hour, turns=1):
    _, starts_at, ends_at, seats = hour
    return tile(starts_at, ends_at, seats, turns)


def test_a_tile_says_how_many_seats_are_left():
    assert said(free("08:00", seats=3)) == ("۰۸:۰۰", "۳ جا مانده", False)
    assert said(free("08:30", seats=1)) == ("۰۸:۳۰", "آخرین جا", True)


def test_two_turns_are_named_by_their_whole_span():
    assert said(free("09:30", minutes=60), turns=2).time == "۰۹:۳۰ تا ۱۰:۳۰"


def test_the_length_of_a_turn_is_said_once_for_all():
    assert length_in_words([free("08:00"), free("08:30")], turns=1) == "هر نوبت ۳۰ دقیقه"
    assert length_in_words([free("08:00", minutes=60)], turns=2) == "دو نوبت پشت هم، ۶۰ دقیقه"
    assert length_in_words([free("08:00"), free("08:30", minutes=20)], turns=1) == ""
    assert length_in_words([], turns=1) == ""
