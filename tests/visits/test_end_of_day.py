from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.excuse import check_in_late
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.objection import (
    accept_objection,
    object_to_suspension,
    refuse_objection,
)
from nobat.schedule.models import Closure, Holiday, Slot
from nobat.shared.jalali import TEHRAN
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from nobat.visits.answer import answer_day
from nobat.visits.end_of_day import close_finished_days
from nobat.visits.models import Answer, OfficeDay, Visit
from nobat.visits.outage import record_outage
from tests.build import TOMORROW, book, make_office, make_rule, make_slot, make_visit, move

DAY = timedelta(days=1)


# ------------------------------------------------------------ what may happen on a Sunday
def did_not_come(sunday):
    sunday.evening()


def was_checked_in(sunday):
    make_visit(sunday.office, appointment=sunday.appointment, by=sunday.maryam)
    sunday.evening()


def served_without_being_called(sunday):
    make_visit(sunday.office, appointment=sunday.appointment, by=sunday.maryam, called_at=None)
    sunday.evening()


def left_without_being_served(sunday):
    make_visit(sunday.office, appointment=sunday.appointment, by=sunday.maryam, state="left")
    sunday.evening()


def the_office_was_closed(sunday):
    Closure.objects.create(office=sunday.office, day=TOMORROW, reason="آلودگی هوا")
    sunday.evening()


def closed_at_the_hour(sunday):
    closed(sunday, time(10, 15), time(12))


def closed_in_the_afternoon(sunday):
    closed(sunday, time(13), time(17))


def closed_until_the_hour(sunday):
    closed(sunday, time(8), time(10))


def closed(sunday, from_hour, until_hour):
    Closure.objects.create(
        office=sunday.office,
        day=TOMORROW,
        from_hour=from_hour,
        until_hour=until_hour,
        reason="سرما",
    )
    sunday.evening()


def on_a_holiday(sunday):
    Holiday.objects.create(day=TOMORROW, title="عید")
    sunday.evening()


def nobody_was_recorded(sunday):
    sunday.nobody_is_recorded()
    sunday.evening()


def only_a_walk_in_was_recorded(sunday):
    sunday.nobody_is_recorded()
    make_visit(sunday.office, by=sunday.maryam)
    sunday.evening()


def recorded_after_the_question(sunday):
    nobody_was_recorded(sunday)
    make_visit(sunday.office, by=sunday.maryam)
    close_finished_days()


def answered(answer):
    def story(sunday):
        nobody_was_recorded(sunday)
        answer_day(office=sunday.office, day=TOMORROW, answer=answer, by=sunday.maryam)
        close_finished_days()

    story.__name__ = f"answered_{answer}"
    return story


def not_answered_for_thirty_days(sunday):
    nobody_was_recorded(sunday)
    sunday.at("18:30", TOMORROW + policy.CAN_STILL_BE_ANSWERED)
    close_finished_days()


def never_answered(sunday):
    nobody_was_recorded(sunday)
    sunday.at("08:00", TOMORROW + policy.CAN_STILL_BE_ANSWERED + DAY)
    close_finished_days()


def outage(sunday, from_hour, until_hour):
    record_outage(
        office=sunday.office,
        day=TOMORROW,
        from_hour=from_hour,
        until_hour=until_hour,
        reason="قطعی برق",
        by=sunday.maryam,
    )


def without_power_at_the_hour(sunday):
    sunday.at("10:30")
    outage(sunday, time(9, 30), time(11))
    sunday.evening()


def without_power_at_another_hour(sunday):
    sunday.at("10:30")
    outage(sunday, time(11), time(12))
    sunday.evening()


def outage_recorded_afterwards(sunday):
    sunday.evening()
    outage(sunday, time(9, 30), time(11))


def outage_recorded_after_the_question(sunday):
    nobody_was_recorded(sunday)
    sunday.at("19:00")
    outage(sunday, None, None)
    close_finished_days()


def moved_to_another_day(sunday):
    move(sunday.appointment, make_slot(sunday.office, "10:00", day=TOMORROW + DAY))
    sunday.evening()


def moved_to_a_later_hour(sunday):
    move(sunday.appointment, make_slot(sunday.office, "11:00"))
    sunday.evening()


def moved_in_the_last_minute(sunday):
    sunday.at("09:59")
    move(sunday.appointment, make_slot(sunday.office, "10:00", day=TOMORROW + DAY))
    sunday.evening()


def deleted_in_time(sunday):
    sunday.at("09:59")
    cancel_appointment(appointment=sunday.appointment, by=sunday.sara)
    sunday.evening()


def wanted_to_delete_too_late(sunday):
    sunday.at("10:00")
    with pytest.raises(NotPossibleNow):
        cancel_appointment(appointment=sunday.appointment, by=sunday.sara)
    sunday.evening()


def checked_in_late(sunday):
    sunday.evening()
    check_in_late(appointment=sunday.appointment, by=sunday.maryam)
    Visit.objects.create(
        office=sunday.office,
        day=TOMORROW,
        number=2,
        appointment=sunday.appointment,
        arrived_at=timezone.now(),
        recorded_by=sunday.maryam,
    )
    close_finished_days()


def missed_two(sunday):
    book(sunday.sara, make_slot(sunday.office, "11:00"), sunday.petition)
    sunday.evening()


def came_to_the_other_one(sunday):
    other = book(sunday.sara, make_slot(sunday.office, "11:00"), sunday.petition)
    make_visit(sunday.office, appointment=other, by=sunday.maryam)
    sunday.evening()


def was_suspended_already(sunday):
    on_monday = make_slot(sunday.office, "10:00", day=TOMORROW + DAY)
    book(sunday.sara, on_monday, sunday.petition)
    sunday.evening()
    make_visit(sunday.office, by=sunday.maryam, day=TOMORROW + DAY)
    sunday.at("18:30", TOMORROW + DAY)
    close_finished_days()


def objection(sunday, decide):
    sunday.evening()
    week = Suspension.objects.get()
    made = object_to_suspension(suspension=week, text="در دفتر بودم", citizen=sunday.sara)
    decide(objection=made, by=sunday.maryam, answer="دیده شد")
    close_finished_days()


def objection_was_accepted(sunday):
    objection(sunday, accept_objection)


def objection_was_refused(sunday):
    objection(sunday, refuse_objection)


def closed_twice(sunday):
    sunday.evening()
    assert close_finished_days() == 0


def closed_the_next_morning(sunday):
    sunday.at("07:00", TOMORROW + DAY)
    close_finished_days()
    assert Suspension.objects.get().starts_at == timezone.now()


def just_before_the_grace_is_over(sunday):
    sunday.at("11:29")
    close_finished_days()


def just_after_the_grace(sunday):
    sunday.at("11:30")
    close_finished_days()


def while_later_turns_are_still_to_come(sunday):
    make_slot(sunday.office, "18:00")
    sunday.evening()


def while_later_hours_are_closed(sunday):
    slot = make_slot(sunday.office, "18:00")
    Slot.objects.filter(pk=slot.pk).update(offered=0)
    sunday.evening()


def with_all_of_it_undone(sunday):
    """Killed in the middle: the transaction is as if it had never begun."""
    sunday.at("18:30")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nobat.appointments.no_show.queue_sms", dies)
        with pytest.raises(KeyboardInterrupt):
            close_finished_days()


def dies(**_):
    raise KeyboardInterrupt


NOTHING = Status.BOOKED
CASES = [
    (did_not_come, Status.NO_SHOW, 1),
    (was_checked_in, Status.CHECKED_IN, 0),
    (served_without_being_called, Status.CHECKED_IN, 0),
    (left_without_being_served, Status.CHECKED_IN, 0),
    (the_office_was_closed, Status.DISPLACED, 0),
    (closed_at_the_hour, Status.DISPLACED, 0),
    (closed_in_the_afternoon, Status.NO_SHOW, 1),
    (closed_until_the_hour, Status.NO_SHOW, 1),
    (on_a_holiday, Status.DISPLACED, 0),
    (nobody_was_recorded, NOTHING, 0),
    (only_a_walk_in_was_recorded, Status.NO_SHOW, 1),
    (recorded_after_the_question, Status.NO_SHOW, 1),
    (answered(Answer.NOBODY_CAME), Status.NO_SHOW, 1),
    (answered(Answer.NOT_RECORDED), Status.EXCUSED, 0),
    (answered(Answer.WAS_CLOSED), Status.EXCUSED, 0),
    (not_answered_for_thirty_days, NOTHING, 0),
    (never_answered, Status.EXCUSED, 0),
    (without_power_at_the_hour, Status.EXCUSED, 0),
    (without_power_at_another_hour, Status.NO_SHOW, 1),
    (outage_recorded_afterwards, Status.EXCUSED, 0),
    (outage_recorded_after_the_question, Status.EXCUSED, 0),
    (moved_to_another_day, NOTHING, 0),
    (moved_to_a_later_hour, Status.NO_SHOW, 1),
    (moved_in_the_last_minute, NOTHING, 0),
    (deleted_in_time, Status.CANCELLED_BY_CITIZEN, 0),
    (wanted_to_delete_too_late, Status.NO_SHOW, 1),
    (checked_in_late, Status.CHECKED_IN, 0),
    (missed_two, Status.NO_SHOW, 2),
    (came_to_the_other_one, Status.NO_SHOW, 1),
    (was_suspended_already, Status.NO_SHOW, 2),
    (objection_was_accepted, Status.EXCUSED, 0),
    (objection_was_refused, Status.NO_SHOW, 1),
    (closed_twice, Status.NO_SHOW, 1),
    (closed_the_next_morning, Status.NO_SHOW, 1),
    (just_before_the_grace_is_over, NOTHING, 0),
    (just_after_the_grace, Status.NO_SHOW, 1),
    (while_later_turns_are_still_to_come, NOTHING, 0),
    (while_later_hours_are_closed, Status.NO_SHOW, 1),
    (with_all_of_it_undone, NOTHING, 0),
]


@pytest.mark.parametrize(
    ("story", "status", "weeks"), [pytest.param(*case, id=case[0].__name__) for case in CASES]
)
def test_what_becomes_of_a_turn_when_the_day_has_ended(sunday, story, status, weeks):
    story(sunday)
    assert (sunday.status(), sunday.weeks()) == (status, weeks)
    no_shows = Appointment.objects.filter(citizen=sunday.sara, status=Status.NO_SHOW).count()
    assert no_shows == weeks
    told = OutgoingSms.objects.filter(kind=Kind.NO_SHOW).count()
    assert told == Suspension.objects.count()


# --------------------------------------------------------------------------- days and hours
@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2025, 3, 19), "چهارشنبه ۶ فروردین"),  # 29 Esfand of a year with 30
        (date(2025, 3, 20), "پنجشنبه ۷ فروردین"),  # 30 Esfand 1403
        (date(2026, 3, 20), "جمعه ۷ فروردین"),  # 29 Esfand 1404, the last day of its year
    ],
    ids=["29 Esfand 1403", "30 Esfand 1403", "29 Esfand 1404"],
)
def test_a_week_passes_the_end_of_the_year(sara, office, petition, maryam, clock, day, until):
    clock.move_to(datetime.combine(day - 3 * DAY, time(8), TEHRAN))
    appointment = book(sara, make_slot(office, "10:00", day=day), petition)
    make_visit(office, by=maryam, day=day)
    clock.move_to(datetime.combine(day, time(23, 30), TEHRAN))
    assert close_finished_days() == 1

    suspension = Suspension.objects.get(cause=appointment)
    assert suspension.until - suspension.starts_at == timedelta(days=7)
    sms = OutgoingSms.objects.get(kind=Kind.NO_SHOW)
    assert f"تا {until} ساعت ۲۳:۳۰" in text_of(sms.kind, sms.params)


@pytest.mark.parametrize(
    ("now", "done"),
    [("2026-05-03T23:59", 0), ("2026-05-04T00:29", 0), ("2026-05-04T00:30", 1)],
)
def test_a_day_whose_last_turn_ends_near_midnight_is_closed_after_midnight(sunday, reza, now, done):
    late = book(reza, make_slot(sunday.office, "23:00"), sunday.petition)
    make_visit(sunday.office, appointment=late, by=sunday.maryam)
    sunday.clock.move_to(datetime.fromisoformat(now).replace(tzinfo=TEHRAN))
    assert close_finished_days() == done
    assert sunday.weeks() == done


def test_how_long_after_its_last_turn_a_day_ends_is_the_rule_of_that_day(sunday, dr_karimi):
    make_rule("grace_after_last_turn", 120, by=dr_karimi)
    make_rule("grace_after_last_turn", 0, by=dr_karimi, valid_from=TOMORROW + DAY)

    sunday.at("12:29")
    assert close_finished_days() == 0
    sunday.at("12:31")
    assert close_finished_days() == 1


def test_the_day_is_that_of_tehran(sunday):
    """At half past one of the night in Tehran it is still the day before in Greenwich."""
    sunday.at("01:30", TOMORROW + DAY)
    assert close_finished_days() == 1
    assert Suspension.objects.get().until == timezone.now() + timedelta(days=7)


# -------------------------------------------------------------------- asked about, and told
def test_the_manager_and_the_association_are_asked_once(sunday, bahram, dr_karimi):
    sunday.nobody_is_recorded()
    assert sunday.evening() == 1
    assert close_finished_days() == 0

    asked = OutgoingSms.objects.filter(kind=Kind.NOBODY_RECORDED)
    assert {sms.to for sms in asked} == {bahram.mobile, dr_karimi.mobile}
    assert OfficeDay.objects.get(office=sunday.office).questioned_at == timezone.now()


def test_who_is_displaced_hears_it_and_who_is_excused_does_not(sunday):
    the_office_was_closed(sunday)
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 1
    assert Appointment.objects.get(pk=sunday.appointment.pk).reason == "آلودگی هوا"


def test_only_those_whose_hours_were_closed_are_displaced(sunday, sara):
    later = book(sara, make_slot(sunday.office, "16:00"), sunday.petition)
    closed_in_the_afternoon(sunday)
    assert sunday.status() == Status.NO_SHOW
    assert Appointment.objects.get(pk=later.pk).status == Status.DISPLACED


def test_one_office_does_not_answer_for_another(sunday, naser, petition, reza, clock):
    clock.move_to(datetime.combine(TOMORROW - DAY, time(9), TEHRAN))
    other = make_slot(naser.memberships.get().office, "12:00")
    elsewhere = book(reza, other, petition)
    sunday.evening()
    assert sunday.weeks() == 1
    assert Appointment.objects.get(pk=elsewhere.pk).status == Status.BOOKED
    assert OfficeDay.objects.get(office=other.office).questioned_at


def test_killed_after_any_row_the_rest_is_done_later(sunday, monkeypatch):
    sunday.crowd(5)
    with monkeypatch.context() as patch:
        patch.setattr("nobat.visits.end_of_day.mark_no_show", dies_after(2))
        with pytest.raises(KeyboardInterrupt):
            sunday.evening()
    assert Suspension.objects.count() == 2
    assert close_finished_days() == 4
    assert Suspension.objects.count() == 6


def dies_after(number):
    from_now_on = iter(range(number))

    def mark_or_die(**given):
        if next(from_now_on, None) is None:
            raise KeyboardInterrupt
        mark_no_show(**given)

    return mark_or_die


def test_what_was_moved_while_the_list_was_read_is_left_alone(sunday, monkeypatch):
    """That its old office was closed says nothing of the other one."""
    elsewhere = make_slot(make_office("1022", services=[sunday.petition]), "10:00")
    Closure.objects.create(office=sunday.office, day=TOMORROW, reason="آلودگی هوا")

    def move_first(office_ids):
        monkeypatch.undo()
        sunday.at("09:00", TOMORROW - DAY)
        move(Appointment.objects.get(pk=sunday.appointment.pk), elsewhere)
        sunday.at("18:30")

    monkeypatch.setattr("nobat.visits.end_of_day.lock_schedules", move_first)
    assert sunday.evening() == 0
    assert sunday.status() == Status.BOOKED


# ------------------------------------------------------------------------------ the command
@pytest.mark.parametrize(
    "now", ["2026-05-03T18:30", "2026-05-03T18:30+03:30", "2026-05-03T15:00:00Z"]
)
def test_the_command_moves_its_clock(sunday, now):
    out = StringIO()
    call_command("close_finished_days", "--now", now, stdout=out)
    assert out.getvalue() == "1 decided\n"
    moment = datetime(2026, 5, 3, 18, 30, tzinfo=TEHRAN)
    assert Suspension.objects.get().starts_at == moment


def test_without_a_moment_the_command_takes_the_clock(sunday):
    out = StringIO()
    call_command("close_finished_days", stdout=out)
    assert out.getvalue() == "0 decided\n"


def test_the_command_does_not_guess_a_moment(sunday):
    with pytest.raises(CommandError):
        call_command("close_finished_days", "--now", "tonight")
