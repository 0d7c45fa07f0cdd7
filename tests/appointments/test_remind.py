from datetime import datetime, time, timedelta
from threading import Event

import pytest

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.remind import AT_ONCE, remind_of_tomorrow
from nobat.shared.jalali import TEHRAN
from nobat.sms.models import Kind, OutgoingSms, State
from nobat.sms.outbox import queue_sms
from nobat.sms.texts import text_of
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_person, make_slot, move
from tests.sms.sending import send_due_sms

DAY = timedelta(days=1)
MONDAY = TOMORROW + DAY


@pytest.fixture
def appointment(sara, office, petition):
    """Sara's on Monday at ten, agreed on Saturday."""
    return book(sara, make_slot(office, "10:00", day=MONDAY), petition)


@pytest.fixture
def on_sunday(clock, appointment):
    """Moves the clock to an hour of the day before the appointment."""

    def move_to(hour, day=TOMORROW):
        clock.move_to(datetime.combine(day, time.fromisoformat(hour), TEHRAN))

    move_to("17:00")
    return move_to


def reminders():
    return OutgoingSms.objects.filter(kind=Kind.REMINDER)


def test_the_reminder_says_when_where_and_how_to_delete(on_sunday, sara, appointment):
    assert remind_of_tomorrow() == 1
    sms = reminders().get()
    text = text_of(sms.kind, sms.params)
    assert (sms.to, sms.about) == (sara.mobile, appointment.reference)
    assert "یادآوری: فردا دوشنبه ۱۴ اردیبهشت ساعت ۱۰:۰۰" in text
    assert "دفتر نارنجستان، شیراز، خیابان ارم" in text
    assert "حذف کنید" in text


def test_nobody_is_reminded_twice(on_sunday):
    assert [remind_of_tomorrow() for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("hour", "reminded"),
    [("08:00", 0), ("15:59", 0), ("16:00", 1), ("19:59", 1), ("20:00", 0), ("23:30", 0)],
)
def test_reminders_go_at_a_decent_hour(on_sunday, hour, reminded):
    on_sunday(hour)
    assert remind_of_tomorrow() == reminded


def test_what_could_not_be_sent_in_the_evening_wakes_nobody(on_sunday):
    on_sunday("19:59")
    remind_of_tomorrow()
    on_sunday("21:00")
    send_due_sms()
    assert reminders().get().state == State.EXPIRED


@pytest.mark.parametrize("day", [TOMORROW - DAY, MONDAY])
def test_only_the_day_before(on_sunday, day):
    on_sunday("17:00", day)
    assert remind_of_tomorrow() == 0


def test_who_has_booked_today_needs_no_reminder(on_sunday, reza, office, petition):
    on_sunday("00:01")
    book(reza, make_slot(office, "11:00", day=MONDAY), petition)
    on_sunday("17:00")
    assert remind_of_tomorrow() == 1
    assert not reminders().filter(to=reza.mobile).exists()


def test_who_has_moved_today_needs_no_reminder(on_sunday, appointment, office):
    move(appointment, make_slot(office, "12:00", day=MONDAY))
    assert remind_of_tomorrow() == 0


def test_a_deleted_one_is_not_reminded_of(on_sunday, sara, appointment):
    cancel_appointment(appointment=appointment, by=sara)
    assert remind_of_tomorrow() == 0


def delete(appointment, office):
    cancel_appointment(appointment=appointment, by=appointment.citizen)


def to_another_day(appointment, office):
    move(appointment, make_slot(office, "10:00", day=MONDAY + DAY))


def office_closes(appointment, office):
    displace_appointment(appointment=appointment, reason="بسته", by=None)


@pytest.mark.parametrize("act", [delete, to_another_day, office_closes])
def test_a_reminder_that_waits_does_not_go_when_it_is_no_longer_true(
    on_sunday, appointment, office, act
):
    remind_of_tomorrow()
    act(appointment, office)
    send_due_sms()
    assert reminders().get().state == State.EXPIRED


def test_a_moved_appointment_is_reminded_of_again_on_its_own_day_before(
    on_sunday, appointment, office
):
    remind_of_tomorrow()
    to_another_day(appointment, office)
    on_sunday("17:00", MONDAY)
    assert remind_of_tomorrow() == 1
    assert reminders().filter(state=State.WAITING).count() == 1


def test_many_are_reminded_in_parts(on_sunday, monkeypatch, office, petition, clock):
    clock.shift(-DAY)
    for number in range(6):
        citizen = make_person(mobile=f"+98912111{number:04}")
        book(citizen, make_slot(office, f"1{number}:15", day=MONDAY), petition)
    clock.shift(DAY)
    monkeypatch.setattr("nobat.appointments.remind.AT_ONCE", 3)
    assert AT_ONCE > 1000
    assert remind_of_tomorrow() == 7


@pytest.mark.django_db(transaction=True)
def test_who_is_deleting_while_reminders_are_queued_is_not_reminded(
    on_sunday, appointment, office, monkeypatch
):
    in_the_middle, queued = Event(), Event()

    def queue_while_others_remind(**sms):
        in_the_middle.set()
        queued.wait(0.5)  # in vain, because they wait for us
        queue_sms(**sms)

    def remind_meanwhile():
        in_the_middle.wait()
        try:
            return remind_of_tomorrow()
        finally:
            queued.set()

    monkeypatch.setattr("nobat.appointments.cancel.queue_sms", queue_while_others_remind)
    _, number = at_once([lambda: delete(appointment, office), remind_meanwhile])

    assert number == 0
    assert not reminders().exists()


@pytest.mark.parametrize("can_receive", [True, False])
def test_only_where_our_line_can_receive_it_says_that_an_sms_deletes(
    on_sunday, settings, can_receive
):
    settings.SMS_ANSWERS = can_receive
    remind_of_tomorrow()
    sms = reminders().get()
    assert ("«لغو» و این کد را بفرستید" in text_of(sms.kind, sms.params)) == can_receive
