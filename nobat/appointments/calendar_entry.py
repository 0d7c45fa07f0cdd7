"""An appointment as an entry for the calendar of a phone."""

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import NoReceipt
from nobat.appointments.receipt_words import identity_card
from nobat.shared.persian import fa_digits
from nobat.shared.reference import grouped

REMIND_BEFORE = timedelta(days=1)


def calendar_entry(appointment: Appointment) -> bytes:
    """One event in UTC. After a move the same entry replaces the one taken before.

    Raises NoReceipt unless the appointment stands.
    """
    if appointment.status != Status.BOOKED:
        raise NoReceipt
    calendar = Calendar()
    calendar.add("prodid", "-//Nobat//FA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(appointment))
    return calendar.to_ical()


def _event(appointment: Appointment) -> Event:
    office = appointment.office
    event = Event()
    event.add("uid", f"{appointment.reference}@nobat")
    event.add("sequence", appointment.moves)
    event.add("dtstamp", appointment.status_changed_at.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.ends_at.astimezone(UTC))
    event.add("summary", f"نوبت {office.title}")
    event.add("location", f"{office.title}، {office.county.name}، {office.address}")
    event.add("geo", (office.lat, office.lon))
    event.add("description", _description(appointment))
    event.add("status", "CONFIRMED")
    event.add_component(_alarm(office.title))
    return event


def _description(appointment: Appointment) -> str:
    return (
        f"{appointment.service.title}\n"
        f"کد رهگیری: {_in_one_piece(appointment.reference)}\n"
        f"{identity_card(appointment.citizen)} و رسید را همراه بیاورید. اگر نمی‌آیید، نوبت را "
        "حذف کنید."
    )


def _in_one_piece(reference: str) -> str:
    """Calendars know no direction: a plain space would put the last group first."""
    return fa_digits(grouped(reference)).replace(" ", "\N{NO-BREAK SPACE}")


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"فردا نوبت {title}")
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm
