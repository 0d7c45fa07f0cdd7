"""Each sentence that is always true is broken once on purpose, and noticed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.excuse import check_in_late, excuse_no_show, spare_from_no_show
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.appointments.no_show import mark_no_show
from nobat.appointments.objection import object_to_suspension
from nobat.appointments.remind import remind_of_tomorrow
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import record
from nobat.schedule.models import Closure, ClosureOrder, Hold, Slot
from nobat.sms.forget import KEPT_FOR, forget_old_sms
from nobat.sms.lanes import LANE_OF
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import check_integrity, findings, report_what_is_broken
from nobat.visits.models import OfficeDay, Visit
from tests.appointments.writing import write
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_person, make_slot, make_visit, miss, move

WEEK, HOUR = timedelta(days=7), timedelta(hours=1)
IS_OF_A_NO_SHOW = "a suspension is of a no-show, or ended when that was excused or checked in late"
ANSWER_TO_WHOM = "every answer by SMS is to the phone whose message it answers"
KEPT_FOR_WHOM = (
    "a seat is kept only for a displaced appointment that has not answered, or just given back"
)
ONE_SMS = "one SMS for each event of an appointment"


def broken():
    """The sentences that do not hold, with the rows that break them."""
    with connection.cursor() as cursor:
        return {found.sentence: found.examples for found in findings(cursor) if found.rows}


def without(table, *constraints):
    """Inside the test's transaction the database does not guard these."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def without_memory_of(subject):
    """The journal as if an entry had never been written."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM journal_journalentry WHERE subject = %s", [subject])


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


@pytest.fixture
def another(sara, office, petition, appointment):
    """Sara's second appointment of the day, an hour after the first."""
    return book(sara, make_slot(office, "11:00"), petition)


@pytest.fixture
def two_in_a_row(sara, office, petition):
    first = make_slot(office, "08:00")
    make_slot(office, "08:30")
    return book(sara, first, petition, cases=3)


def changed(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def test_everything_holds_after_booking_moving_and_deleting(
    sara, reza, office, petition, two_in_a_row
):
    moved = move(book(reza, make_slot(office, "10:00"), petition), make_slot(office, "11:00"))
    move(moved, make_slot(office, "12:00"))
    cancel_appointment(appointment=two_in_a_row, by=sara)
    assert broken() == {}


def test_a_seat_that_is_taken_by_nobody(slot, appointment):
    changed(slot, taken=0)
    assert broken() == {"taken of a slot equals its seats held": [slot.pk]}


def test_a_second_turn_without_its_seat(two_in_a_row):
    Slot.objects.filter(pk=two_in_a_row.second_slot_id).update(taken=0)
    assert broken() == {"taken of a slot equals its seats held": [two_in_a_row.second_slot_id]}


@pytest.mark.parametrize("what", ["office", "service"])
def test_an_appointment_for_what_is_not_there(appointment, what):
    sentence = "the office and the service of an appointment are there"
    assert sentence not in broken()
    Appointment.objects.update(**{f"{what}_id": 0})
    assert broken()[sentence] == [appointment.pk]


def test_a_slot_with_more_people_than_seats(slot, appointment, reza, petition):
    without("schedule_slot", "slot_is_never_overbooked")
    changed(slot, capacity=2, offered=2)
    book(reza, slot, petition)
    without("schedule_slot", "slot_offers_no_more_than_it_has")
    changed(slot, capacity=1)
    assert broken() == {"taken of a slot never exceeds its capacity": [slot.pk]}


def test_a_slot_on_the_wrong_day(slot):
    changed(slot, day=TOMORROW + timedelta(days=1))
    assert broken() == {"a slot's day is the day of its hour in Tehran": [slot.pk]}


def test_three_turns_of_a_citizen_on_one_day(sara, reza, appointment, another, petition, office):
    third = book(reza, make_slot(office, "12:00"), petition)
    changed(third, citizen=sara)
    assert broken() == {
        "no more turns of a citizen at one office on one day than its rule allows": [appointment.pk]
    }


def test_two_turns_in_a_row_count_as_two(sara, reza, petition, office, two_in_a_row):
    third = book(reza, make_slot(office, "12:00"), petition)
    changed(third, citizen=sara)
    assert "no more turns of a citizen at one office on one day than its rule allows" in broken()


def test_a_citizen_in_two_places_at_a_time(sara, reza, petition, office, appointment):
    meanwhile = book(reza, make_slot(office, "10:15"), petition)
    changed(meanwhile, citizen=sara)
    assert broken() == {"no two appointments of a citizen at the same time": [meanwhile.pk]}


def suspend(appointment, **changes):
    """In two hours it is found that the citizen did not come."""
    suspension = mark_no_show(appointment=appointment, now=timezone.now() + 30 * HOUR)
    now = timezone.now() + 2 * HOUR
    changed(appointment, status_changed_at=now)
    changed(suspension, **({"starts_at": now, "until": now + WEEK} | changes))
    return Suspension.objects.get()


def test_a_no_show_with_its_week_is_as_it_should_be(appointment):
    suspend(appointment)
    assert broken() == {}


def test_an_appointment_taken_during_a_suspension(another, appointment):
    suspend(appointment)
    changed(another, booked_at=timezone.now() + timedelta(hours=3))
    assert broken() == {"no appointment was taken or moved during a suspension": [another.pk]}


def test_an_appointment_moved_during_a_suspension(clock, appointment, another, office):
    suspension = suspend(appointment)
    clock.shift(timedelta(hours=3))
    excuse_no_show(appointment=appointment, reason="آمده بود", by=None)
    move(another, make_slot(office, "13:00"))
    assert broken() == {}
    changed(suspension, ended_at=None)
    assert broken()["no appointment was taken or moved during a suspension"] == [another.pk]


def test_a_no_show_without_a_suspension(appointment, slot):
    changed(appointment, status=Status.NO_SHOW)
    changed(slot, taken=0)
    record(Act.NO_SHOW, appointment, by=None, at=timezone.now())
    assert broken() == {"every no-show has its suspension": [appointment.pk]}


def test_a_no_show_for_which_somebody_else_is_suspended(appointment, reza):
    changed(suspend(appointment), citizen=reza)
    assert "every no-show has its suspension" in broken()


def test_a_suspension_without_a_no_show(appointment):
    suspension = suspend(appointment)
    changed(appointment, status=Status.BOOKED)
    changed(appointment.slot, taken=1)
    assert broken() == {IS_OF_A_NO_SHOW: [suspension.pk]}


def test_a_suspension_of_eight_days(appointment):
    suspension = suspend(appointment, until=timezone.now() + WEEK + timedelta(days=1))
    assert broken() == {
        "a suspension lasts as long as the rule of the missed day says": [suspension.pk]
    }


def test_a_week_that_ended_without_a_reason(appointment):
    suspension = suspend(appointment)
    changed(suspension, ended_at=suspension.starts_at)
    assert broken()[IS_OF_A_NO_SHOW] == [suspension.pk]


def test_an_excused_no_show_whose_week_goes_on(appointment, clock):
    suspension = suspend(appointment)
    clock.shift(3 * HOUR)
    excuse_no_show(appointment=appointment, reason="برق رفته بود", by=None)
    assert broken() == {}
    changed(suspension, ended_at=None)
    assert broken()[IS_OF_A_NO_SHOW] == [suspension.pk]


@pytest.fixture
def objection(appointment, sara, clock):
    suspension = suspend(appointment)
    clock.shift(3 * HOUR)
    return object_to_suspension(suspension=suspension, text="در دفتر بودم", citizen=sara)


def test_an_objection_after_its_week(objection):
    assert broken() == {}
    changed(objection, made_at=objection.suspension.until + HOUR)
    assert broken() == {"an objection was made before its week was over": [objection.pk]}


def test_an_objection_to_a_day_that_was_closed_with_its_clock_ahead(objection):
    changed(objection, made_at=objection.suspension.starts_at - HOUR)
    assert broken() == {}


def test_an_accepted_objection_whose_week_goes_on(objection):
    changed(objection, is_accepted=True, decided_at=timezone.now())
    assert broken() == {"an accepted objection has ended its week": [objection.pk]}


# ---------------------------------------------------------------------- who came, who did not
@pytest.fixture
def visit(office, appointment, maryam):
    return make_visit(office, appointment=appointment, by=maryam)


def test_everything_holds_after_a_day_at_the_office(
    sara, reza, office, petition, appointment, another, maryam, clock
):
    late, closed = (book(reza, make_slot(office, hour), petition) for hour in ("09:00", "12:00"))
    spared = book(make_person(mobile="+989121110000"), make_slot(office, "13:00"), petition)
    make_visit(office, appointment=appointment, by=maryam)
    make_visit(office, by=maryam)
    displace_appointment(appointment=closed, reason="بسته", by=None)
    clock.shift(36 * HOUR)
    for missed in (another, late):
        mark_no_show(appointment=missed)
    spare_from_no_show(appointment=spared, reason="قطعی برق", by=None)
    check_in_late(appointment=late, by=maryam)
    OfficeDay.objects.update(last_number=3)
    Visit.objects.create(
        office=office,
        day=TOMORROW,
        number=3,
        appointment=late,
        arrived_at=timezone.now(),
        recorded_by=maryam,
    )
    assert broken() == {}


def test_a_displaced_one_that_still_holds_its_seat(appointment, slot):
    changed(slot, offered=0)
    displace_appointment(appointment=appointment, reason="بسته", by=None)
    changed(slot, taken=1)
    assert broken() == {"taken of a slot equals its seats held": [slot.pk]}


def test_somebody_checked_in_of_whom_there_is_no_visit(appointment, visit):
    assert broken() == {}
    visit.delete()
    assert broken() == {
        "who is checked in has a visit at the same office on the same day": [appointment.pk]
    }


def test_somebody_checked_in_whose_visit_was_on_another_day(appointment, visit):
    changed(visit, day=TOMORROW - timedelta(days=1))
    assert broken()["who is checked in has a visit at the same office on the same day"] == [
        appointment.pk
    ]


def test_a_visit_to_an_appointment_that_was_not_checked_in(appointment, visit):
    changed(appointment, status=Status.BOOKED)
    assert broken() == {"a visit to an appointment is of somebody checked in": [visit.pk]}


def test_a_number_that_was_not_given(visit):
    changed(visit, number=2)
    assert broken() == {"no number of a day is above the last one given": [visit.pk]}


@pytest.mark.parametrize("what", ["starts_at", "ends_at", "day"])
def test_an_appointment_that_says_another_time_than_its_slot(appointment, what):
    by = -timedelta(days=1) if what == "starts_at" else timedelta(days=1)
    changed(appointment, **{what: getattr(appointment, what) + by})
    assert broken() == {
        "an appointment says of office, day and hours what its slots say": [appointment.pk]
    }


def test_two_turns_with_a_gap_between_them(two_in_a_row):
    gap = timedelta(minutes=30)
    second = Slot.objects.get(pk=two_in_a_row.second_slot_id)
    changed(second, starts_at=second.starts_at + gap, ends_at=second.ends_at + gap)
    changed(two_in_a_row, ends_at=two_in_a_row.ends_at + gap)
    assert broken() == {"two turns in a row follow each other at one office": [two_in_a_row.pk]}


def test_an_appointment_nobody_wrote_down(appointment):
    without_memory_of(f"appointments.Appointment:{appointment.pk}")
    assert broken() == {"every change of an appointment is in the journal": [appointment.pk]}


def test_a_move_nobody_wrote_down(appointment):
    changed(appointment, moves=1)
    OutgoingSms.objects.create(
        kind=Kind.MOVED,
        lane=LANE_OF[Kind.MOVED],
        about=appointment.reference,
        occasion="moved",
        to="+989120000001",
        not_after=timezone.now(),
        next_try_at=timezone.now(),
        queued_at=timezone.now(),
    )
    assert broken() == {"every change of an appointment is in the journal": [appointment.pk]}


def test_a_deletion_nobody_wrote_down(appointment, slot):
    changed(appointment, status=Status.CANCELLED_BY_CITIZEN)
    changed(slot, taken=0)
    assert "every change of an appointment is in the journal" in broken()


def test_a_booking_in_the_journal_that_is_not_in_the_database(db):
    entry = JournalEntry.objects.create(
        at=timezone.now(), act="booked", subject="appointments.Appointment:1"
    )
    assert broken() == {"what the journal or an SMS confirmed is in the database": [entry.pk]}


def test_a_confirmed_appointment_that_is_not_in_the_database(appointment):
    sms = OutgoingSms.objects.get()
    changed(sms, about="1234567890")
    assert "what the journal or an SMS confirmed is in the database" in broken()


def test_an_appointment_without_its_sms(appointment):
    OutgoingSms.objects.all().delete()
    assert broken() == {"one SMS for each event of an appointment": [appointment.pk]}


def test_the_ledger_of_long_ago_may_be_forgotten(appointment, clock):
    OutgoingSms.objects.update(state="delivered")
    clock.shift(KEPT_FOR + HOUR)
    assert forget_old_sms() == 1
    assert ONE_SMS not in broken()


def test_a_deletion_without_its_sms(appointment, sara):
    cancel_appointment(appointment=appointment, by=sara)
    OutgoingSms.objects.filter(kind=Kind.CANCELLED).delete()
    assert broken() == {"one SMS for each event of an appointment": [appointment.pk]}


@pytest.mark.parametrize("kind", [Kind.NO_SHOW, Kind.EXCUSED, Kind.OFFICE_CLOSED])
def test_a_consequence_that_nobody_was_told(appointment, another, clock, kind):
    suspend(appointment)
    displace_appointment(appointment=another, reason="بسته", by=None)
    clock.shift(3 * HOUR)
    excuse_no_show(appointment=appointment, reason="آمده بود", by=None)
    assert broken() == {}
    of = another if kind == Kind.OFFICE_CLOSED else appointment
    OutgoingSms.objects.filter(kind=kind).delete()
    assert broken() == {ONE_SMS: [of.pk]}


@pytest.fixture
def reminder(sara, office, petition, clock):
    """Sent at five in the afternoon to Sara, who has a turn tomorrow."""
    clock.shift(-24 * HOUR)
    book(sara, make_slot(office, "10:00"), petition)
    clock.shift(33 * HOUR)
    remind_of_tomorrow()
    OutgoingSms.objects.update(state="delivered", sent_at=timezone.now())
    return OutgoingSms.objects.get(kind=Kind.REMINDER)


def test_a_reminder_after_the_hour(reminder):
    assert broken() == {}
    changed(reminder, sent_at=timezone.now() + 24 * HOUR)
    assert broken() == {"no reminder was sent after the hour of its appointment": [reminder.pk]}


def test_two_reminders_of_one_hour(reminder):
    first = reminder.pk
    reminder.pk, reminder.occasion = None, "again"
    reminder.save()
    assert broken() == {"one reminder for each hour that was agreed": [first]}


def test_an_answer_to_nobody(sara, appointment):
    sms = write(sara.mobile, "وضعیت")
    answer = OutgoingSms.objects.get(kind=Kind.ANSWER)
    assert broken() == {}
    changed(answer, to="+989120000002")
    assert broken() == {ANSWER_TO_WHOM: [answer.pk]}
    changed(answer, to=sara.mobile)
    changed(sms, about="")
    assert broken() == {ANSWER_TO_WHOM: [answer.pk]}


def test_two_sms_of_one_event(appointment, another):
    without("sms_outgoingsms", "one_sms_per_event")
    first, second = OutgoingSms.objects.order_by("pk")
    changed(second, occasion=first.occasion)
    assert broken() == {"no event has two SMS": [first.pk]}


def test_two_appointments_with_one_tracking_code(appointment, another):
    without("appointments_appointment", "one_appointment_per_reference")
    changed(another, reference=appointment.reference)
    assert "no tracking code is given twice" in broken()


def test_a_tracking_code_with_a_wrong_check_digit(appointment):
    wrong = appointment.reference[:-1] + str((int(appointment.reference[-1]) + 1) % 10)
    changed(appointment, reference=wrong)
    changed(OutgoingSms.objects.get(), about=wrong)
    assert broken() == {"every tracking code has a right check digit": [appointment.pk]}


def test_many_broken_rows_are_counted_and_some_of_them_named(office):
    for minute in range(10, 18):
        changed(make_slot(office, f"09:{minute}", capacity=5), taken=1)
    with connection.cursor() as cursor:
        found = next(findings(cursor))
    assert (found.rows, len(found.examples)) == (8, 5)
    assert str(found).startswith("BROKEN  taken of a slot equals its seats held: 8 rows, e.g. [")


# ------------------------------------------------- the command, the job, at one moment
@pytest.mark.django_db(transaction=True)
def test_the_command_says_ok_of_each_sentence(appointment):
    out = StringIO()
    call_command("check_integrity", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == len(check_integrity())
    assert all(line.startswith("ok ") for line in lines)


@pytest.mark.django_db(transaction=True)
def test_the_command_ends_with_1_if_a_sentence_is_broken(slot, appointment):
    changed(slot, taken=0)
    out = StringIO()
    with pytest.raises(CommandError) as end:
        call_command("check_integrity", stdout=out)
    assert end.value.returncode == 1
    assert f"BROKEN  taken of a slot equals its seats held: 1 rows, e.g. [{slot.pk}]" in (
        out.getvalue().splitlines()
    )


@pytest.mark.django_db(transaction=True)
def test_the_job_of_the_night_tells_the_log(slot, appointment, caplog):
    assert report_what_is_broken() == 0
    changed(slot, taken=0)
    assert report_what_is_broken() == 1
    assert "BROKEN  taken of a slot" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_is_broken_after_the_first_sentence_is_not_seen_by_the_later_ones(appointment):
    done = []

    def break_a_later_sentence(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "AS broken" in sql and not done:
            done.append(sql)
            at_once([lambda: Appointment.objects.update(moves=5)])
        return answer

    with connection.execute_wrapper(break_a_later_sentence):
        first = check_integrity()

    assert [found.sentence for found in first if found.rows] == []
    assert done
    assert [found for found in check_integrity() if found.rows] != []


@pytest.mark.django_db(transaction=True)
def test_what_is_counted_while_citizens_book_and_delete_is_of_one_moment(office, petition):
    # What is deleted stays free for nobody for some minutes.
    slots = [make_slot(office, f"{hour:02}:00", capacity=18) for hour in range(8, 14)]
    crowd = [make_person(mobile=f"+98912111{number:04}") for number in range(6)]

    def book_and_delete(citizen):
        for slot in slots * 3:
            cancel_appointment(appointment=book(citizen, slot, petition), by=citizen)

    def count_again():
        return [found for _ in range(8) for found in check_integrity() if found.rows]

    busy = [lambda citizen=citizen: book_and_delete(citizen) for citizen in crowd]
    *acted, once, twice = at_once([*busy, count_again, count_again])

    assert acted == [None] * len(crowd)
    assert once == twice == []
    deleted = Appointment.objects.filter(status=Status.CANCELLED_BY_CITIZEN)
    assert deleted.count() == 6 * 18


@pytest.fixture
def proposal(appointment, slot, office):
    """Sara's hour fell out, and another one is kept for her."""
    changed(slot, offered=0)
    make_slot(office, "12:00")
    return displace_appointment(appointment=appointment, reason="برف", by=None)


def test_a_seat_that_was_promised_twice(proposal):
    assert broken() == {}
    changed(proposal.slot, capacity=1, offered=1, taken=1)
    assert broken() == {
        "taken of a slot equals its seats held": [proposal.slot_id],
        "no slot has promised more seats than it has, taken or kept": [proposal.slot_id],
    }


def test_a_hold_of_which_its_slot_knows_nothing(proposal):
    changed(proposal.slot, held_until=None)
    assert broken() == {"a slot knows of the last hold in it": [Hold.objects.get().pk]}


def test_a_seat_that_is_kept_for_nobody(proposal, office):
    Hold.objects.create(slot=proposal.slot, until=timezone.now(), kept_for=0)
    assert broken() == {KEPT_FOR_WHOM: [Hold.objects.latest("pk").pk]}


def test_a_seat_that_was_given_back_and_is_kept_too_long(appointment, sara):
    cancel_appointment(appointment=appointment, by=sara)
    assert broken() == {}
    hold = Hold.objects.get()
    changed(hold, until=timezone.now() + timedelta(minutes=11))
    changed(hold.slot, held_until=timezone.now() + timedelta(minutes=11))
    assert broken() == {KEPT_FOR_WHOM: [hold.pk]}


def test_a_seat_that_is_kept_for_the_one_who_sits_in_it(appointment, slot):
    hold = Hold.objects.create(slot=slot, until=timezone.now(), kept_for=appointment.pk)
    changed(slot, held_until=timezone.now())
    assert broken() == {KEPT_FOR_WHOM: [hold.pk]}


def test_a_displacement_without_an_outcome(proposal):
    Hold.objects.all().delete()
    proposal.delete()
    assert broken() == {"every displacement has exactly one outcome": [proposal.appointment_id]}


def test_somebody_who_still_stands_in_what_was_closed(appointment, office, dr_karimi):
    order = ClosureOrder.objects.create(
        is_nationwide=True,
        first_day=TOMORROW,
        last_day=TOMORROW,
        reason="برف",
        key="3f1b1c1e-0000-4000-8000-000000000001",
        decided_by=dr_karimi,
        decided_at=timezone.now(),
    )
    Closure.objects.create(office=office, day=TOMORROW, reason="برف", order=order)
    assert broken() == {}

    changed(order, state="done")
    assert broken() == {
        "nobody stands in what an order has closed for all, once it is carried out": [
            appointment.pk
        ]
    }


def test_who_had_not_come_before_the_day_was_closed_is_no_contradiction(
    appointment, office, dr_karimi, clock
):
    miss(appointment)
    clock.move_to(appointment.ends_at + timedelta(hours=2))
    order = ClosureOrder.objects.create(
        is_nationwide=True,
        first_day=TOMORROW,
        last_day=TOMORROW,
        reason="برف",
        key="3f1b1c1e-0000-4000-8000-000000000001",
        decided_by=dr_karimi,
        decided_at=timezone.now(),
        state="done",
        done_at=timezone.now(),
    )
    Closure.objects.create(office=office, day=TOMORROW, reason="برف", order=order)

    assert broken() == {}


def test_an_office_whose_row_names_other_services_than_it_offers(office):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offices_office SET offers = '{}' WHERE id = %s", [office.pk])

    assert broken() == {"an office has the services it offers in its own row": [office.pk]}
