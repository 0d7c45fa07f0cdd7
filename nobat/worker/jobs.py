"""Every background job, and how often it runs.

Each is safe to run twice and on two machines at once; that two machines are seldom at the
same one only saves work (lane.py).
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from nobat.appointments.answer_sms import answer_incoming_sms
from nobat.appointments.empty_holiday import empty_holidays_ahead
from nobat.appointments.erase_account import release_identities
from nobat.appointments.forget_requests import forget_old_requests
from nobat.appointments.remind import remind_of_tomorrow
from nobat.appointments.renew_proposals import renew_lost_proposals
from nobat.appointments.waiting_room import forget_old_places
from nobat.figures.keep import keep_daily_totals, keep_older_totals
from nobat.journal.carry_seal import carry_seal
from nobat.journal.forget import forget_old_entries
from nobat.journal.seal import seal_journal
from nobat.offices.import_offices import forget_old_imports
from nobat.offices.take_over_offices import take_over_imports
from nobat.orders.run import run_orders
from nobat.people.erase import forget_erased_accounts, forget_numbers_of_erased
from nobat.people.forget import forget_what_is_over
from nobat.people.wrong_codes import watch_wrong_codes
from nobat.schedule.hold import forget_lapsed_holds
from nobat.schedule.publish import publish_slots_ahead
from nobat.shared.jalali import TEHRAN
from nobat.sms.ask_gateways import ask_gateways
from nobat.sms.delivery import ask_what_became
from nobat.sms.forget import forget_old_sms
from nobat.sms.incoming import collect_sms, forget_texts_of_incoming_sms
from nobat.sms.lost_answers import settle_lost_answers
from nobat.sms.send import send_bookings, send_codes, send_notices, send_reminders
from nobat.sms.watch import watch_messages
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.forget_appointments import forget_old_appointments
from nobat.visits.forget_names import forget_names_of_walk_ins
from nobat.visits.integrity import report_what_is_broken


class Every(NamedTuple):
    """At the start of the worker, and again so long after each start of the job."""

    interval: timedelta

    def first(self, now: datetime) -> timedelta:
        return timedelta(0)

    def again(self, now: datetime) -> timedelta:
        return self.interval


class Daily(NamedTuple):
    """Once a day at this hour in Tehran, if the worker runs then."""

    hour: time

    def first(self, now: datetime) -> timedelta:
        return self.again(now)

    def again(self, now: datetime) -> timedelta:
        local = now.astimezone(TEHRAN)
        today = datetime.combine(local, self.hour, TEHRAN)
        return (today if today > local else today + timedelta(days=1)) - local


class Job(NamedTuple):
    run: Callable[[], int]  # how much there was to do
    when: Every | Daily
    # Two machines at once would only do the same work twice.
    is_for_one_machine: bool = False

    @property
    def name(self) -> str:
        return self.run.__name__


# Lanes run beside each other: nothing slow may stand before a message that is due.
LANES: dict[str, list[Job]] = {
    "codes": [Job(send_codes, Every(timedelta(seconds=1)))],
    "bookings": [Job(send_bookings, Every(timedelta(seconds=1)))],
    "notices": [Job(send_notices, Every(timedelta(seconds=1)))],
    "reminders": [Job(send_reminders, Every(timedelta(seconds=1)))],
    "gateways": [
        Job(settle_lost_answers, Every(timedelta(seconds=5))),
        Job(ask_what_became, Every(timedelta(seconds=15))),
        Job(ask_gateways, Every(timedelta(seconds=5)), is_for_one_machine=True),
        Job(watch_messages, Every(timedelta(minutes=1)), is_for_one_machine=True),
        Job(collect_sms, Every(timedelta(seconds=10)), is_for_one_machine=True),
        Job(watch_wrong_codes, Every(timedelta(minutes=1)), is_for_one_machine=True),
    ],
    "answers": [Job(answer_incoming_sms, Every(timedelta(seconds=1)))],
    "orders": [
        Job(run_orders, Every(timedelta(seconds=1)), is_for_one_machine=True),
        Job(renew_lost_proposals, Every(timedelta(seconds=10)), is_for_one_machine=True),
    ],
    # Somebody sits before the page and waits.
    "imports": [
        Job(take_over_imports, Every(timedelta(seconds=2)), is_for_one_machine=True),
    ],
    "upkeep": [
        Job(publish_slots_ahead, Every(timedelta(hours=1)), is_for_one_machine=True),
        Job(close_finished_days, Every(timedelta(minutes=5)), is_for_one_machine=True),
        Job(empty_holidays_ahead, Every(timedelta(minutes=1)), is_for_one_machine=True),
        Job(remind_of_tomorrow, Every(timedelta(minutes=10)), is_for_one_machine=True),
        Job(forget_what_is_over, Every(timedelta(minutes=10))),
        Job(release_identities, Every(timedelta(minutes=10)), is_for_one_machine=True),
        Job(forget_numbers_of_erased, Daily(time(4, 0)), is_for_one_machine=True),
        Job(forget_erased_accounts, Every(timedelta(hours=1)), is_for_one_machine=True),
        Job(forget_old_requests, Every(timedelta(hours=1))),
        Job(forget_old_places, Every(timedelta(hours=1))),
        Job(forget_lapsed_holds, Every(timedelta(hours=1))),
        Job(forget_names_of_walk_ins, Every(timedelta(hours=1))),
        Job(forget_texts_of_incoming_sms, Every(timedelta(hours=1))),
        Job(forget_old_sms, Every(timedelta(hours=1)), is_for_one_machine=True),
        Job(forget_old_appointments, Daily(time(4, 30)), is_for_one_machine=True),
        Job(forget_old_entries, Daily(time(5, 0)), is_for_one_machine=True),
        Job(keep_daily_totals, Every(timedelta(minutes=15)), is_for_one_machine=True),
        Job(keep_older_totals, Daily(time(2, 30)), is_for_one_machine=True),
        Job(forget_old_imports, Every(timedelta(hours=1))),
        # Hours after midnight, and once for each day; every hour, so that no day is left out
        # because no worker ran at one moment.
        Job(seal_journal, Every(timedelta(hours=1)), is_for_one_machine=True),
        # Tried again within minutes when the witness does not take it.
        Job(carry_seal, Every(timedelta(minutes=5)), is_for_one_machine=True),
        Job(report_what_is_broken, Daily(time(3, 30)), is_for_one_machine=True),
    ],
}
