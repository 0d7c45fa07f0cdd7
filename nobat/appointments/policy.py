"""Every number the association may argue about, on one screen."""

from datetime import date, time, timedelta

TURNS_PER_OFFICE_AND_DAY = 2  # of one citizen; published rule 3
CASES_PER_TURN = 2  # published rule 4
TURNS_IN_A_ROW = 2  # for one appointment, so four cases at most
FIRST_BOOKABLE_DAY = timedelta(days=1)  # no booking for today; published rule 6
BOOKING_HORIZON = timedelta(days=30)  # lunar holidays move: no further ahead
WEEK_WITHOUT_BOOKING = timedelta(days=7)  # after a no-show, in all offices; rule 5
GRACE_AFTER_LAST_TURN = timedelta(hours=1)  # then the working day has ended
LATE_AFTER = timedelta(minutes=15)  # whoever comes later stands behind those who were on time
SEAT_KEPT_FOR = timedelta(minutes=15)  # then the office may give it away; published rule 5
CAN_STILL_BE_ANSWERED = timedelta(days=30)  # outages, and days on which nobody was recorded
ASKED_AFTER_A_CLOSURE = timedelta(days=30)  # which other hour the citizen wants
PROPOSAL_HELD_FOR = timedelta(hours=36)  # after a closure; no longer than it can be booked
SAME_OFFICE_WITHIN = timedelta(days=7)  # then rather the nearest office with the service
REMIND_BETWEEN = (time(16), time(20))  # on the day before, by the clock of Tehran
REMINDED_UNTIL = time(21)  # what has not been sent by then would wake people up
OBJECTION_LETTERS = (10, 500)
STILL_WORTH_TELLING = timedelta(days=1)  # that an appointment ended whose hour has come
MOST_CASES = CASES_PER_TURN * TURNS_IN_A_ROW


def turns_for(cases: int) -> int:
    """How many turns in a row that many cases take."""
    return -(-cases // CASES_PER_TURN)


def bookable_days(today: date) -> tuple[date, date]:
    """The first and the last day that can be booked."""
    return today + FIRST_BOOKABLE_DAY, today + BOOKING_HORIZON
