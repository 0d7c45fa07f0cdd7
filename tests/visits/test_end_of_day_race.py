"""The evening on two machines, while somebody deletes, checks in, answers, or says why."""

from datetime import timedelta
from threading import Event

import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.models import OfficeDay
from nobat.visits.outage import record_outage
from tests.at_once import at_once
from tests.build import TOMORROW, make_visit, miss

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = pytest.mark.parametrize("round_", range(4))


@ROUNDS
def test_four_workers_decide_about_everybody_once(sunday, round_):
    sunday.crowd(8)
    sunday.at("18:30")

    done = at_once([close_finished_days] * 4)

    assert sum(done) == 9
    assert Suspension.objects.count() == 9
    assert OutgoingSms.objects.filter(kind=Kind.NO_SHOW).count() == 9
    assert Slot.objects.filter(taken__gt=0).count() == 1  # of Reza, who came


@ROUNDS
def test_four_workers_ask_once(sunday, bahram, dr_karimi, round_):
    sunday.crowd(3)
    sunday.nobody_is_recorded()
    sunday.at("18:30")

    assert sum(at_once([close_finished_days] * 4)) == 1
    assert OutgoingSms.objects.filter(kind=Kind.NOBODY_RECORDED).count() == 2
    assert OfficeDay.objects.get().questioned_at


@ROUNDS
def test_deleting_in_the_last_moment_and_the_end_of_the_day_do_not_both_happen(sunday, round_):
    """The worker's clock is wrong, so that it closes the day before the hour."""
    evening = sunday.appointment.ends_at + timedelta(hours=2)
    found = [Appointment.objects.get(pk=sunday.appointment.pk) for _ in range(3)]

    at_once(
        [lambda: close_finished_days(evening)] * 2
        + [lambda a=a: cancel_appointment(appointment=a, by=sunday.sara) for a in found]
    )

    assert sunday.status() in {Status.NO_SHOW, Status.CANCELLED_BY_CITIZEN}
    assert sunday.weeks() == (sunday.status() == Status.NO_SHOW)
    assert not Slot.objects.filter(pk=sunday.slot.pk, taken__gt=0).exists()


@ROUNDS
def test_checking_in_and_the_end_of_the_day_do_not_both_happen(sunday, round_):
    sunday.at("18:30")
    found = Appointment.objects.get(pk=sunday.appointment.pk)

    at_once(
        [close_finished_days] * 2
        + [lambda: make_visit(sunday.office, appointment=found, by=sunday.maryam)]
    )

    came = sunday.status() == Status.CHECKED_IN
    assert sunday.weeks() == (not came)


def test_an_outage_recorded_in_the_middle_of_a_decision_still_ends_the_week(sunday, monkeypatch):
    sunday.at("18:30")
    in_the_middle, is_recorded = Event(), Event()

    def mark_while_somebody_records(**given):
        in_the_middle.set()
        is_recorded.wait(0.5)  # in vain, because it waits for us
        return mark_no_show(**given)

    def record_meanwhile():
        in_the_middle.wait()
        try:
            record_outage(
                office=sunday.office,
                day=TOMORROW,
                from_hour=None,
                until_hour=None,
                reason="قطعی برق",
                by=sunday.maryam,
            )
        finally:
            is_recorded.set()

    monkeypatch.setattr("nobat.visits.end_of_day.mark_no_show", mark_while_somebody_records)
    at_once([close_finished_days, record_meanwhile])

    assert (sunday.status(), sunday.weeks()) == (Status.EXCUSED, 0)


@ROUNDS
def test_two_outages_at_once_end_each_week_once(sunday, round_):
    for appointment in [*sunday.crowd(4), sunday.appointment]:
        miss(appointment)
    sunday.at("19:00")

    def say_why():
        return record_outage(
            office=sunday.office,
            day=TOMORROW,
            from_hour=None,
            until_hour=None,
            reason="قطعی برق",
            by=sunday.maryam,
        )

    answers = at_once([say_why] * 3)

    assert answers.count("AlreadyRecorded") == 2
    assert not Suspension.objects.filter(ended_at=None).exists()
    assert OutgoingSms.objects.filter(kind=Kind.EXCUSED).count() == 5
