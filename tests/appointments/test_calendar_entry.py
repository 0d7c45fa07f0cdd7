from datetime import timedelta

import pytest
from icalendar import Calendar

from nobat.appointments.calendar_entry import calendar_entry
from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import NoReceipt
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped
from tests.build import book, make_slot, move


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


def event_of(appointment):
    calendar = Calendar.from_ical(calendar_entry(appointment))
    [event] = calendar.walk("VEVENT")
    return event


def test_the_entry_lies_at_the_hour_of_the_appointment_in_utc(appointment, slot):
    event = event_of(appointment)
    assert event.decoded("dtstart") == slot.starts_at
    assert event.decoded("dtend") == slot.ends_at
    assert event["dtstart"].to_ical() == b"20260503T063000Z"


def test_the_entry_says_where_and_with_which_code(appointment):
    event = event_of(appointment)
    assert event["summary"] == "نوبت دفتر نارنجستان"
    assert event["location"] == "دفتر نارنجستان، شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲"
    assert "کارت ملی و رسید" in event["description"]
    assert fa_digits(grouped(appointment.reference)).replace(" ", "\xa0") in event["description"]


def test_a_phone_rings_a_day_before(appointment):
    [alarm] = event_of(appointment).walk("VALARM")
    assert alarm.decoded("trigger") == -timedelta(days=1)
    assert alarm["action"] == "DISPLAY"


def test_after_a_move_the_same_entry_is_replaced(appointment, office):
    before = event_of(appointment)
    after = event_of(move(appointment, make_slot(office, "11:00")))
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstart") - before.decoded("dtstart") == timedelta(hours=1)


def test_the_entry_holds_nothing_about_the_person(appointment, sara):
    text = calendar_entry(appointment).decode()
    for private in (sara.last_name, sara.mobile, sara.identity_tail):
        assert private not in text.replace(appointment.reference, "")


def test_a_deleted_appointment_has_no_entry(appointment):
    Appointment.objects.update(status=Status.CANCELLED_BY_CITIZEN)
    appointment.refresh_from_db()
    with pytest.raises(NoReceipt):
        calendar_entry(appointment)
