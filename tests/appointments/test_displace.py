from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.displace import displace_appointment
from nobat.appointments.models import Appointment, NotPossibleNow, Status, Suspension
from nobat.journal.models import JournalEntry
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import text_of
from tests.build import TOMORROW, book, make_slot, move

WHY = "دفتر بسته است: آلودگی هوا"


def test_what_is_displaced_holds_no_seat_and_says_why(sara, slot, petition, bahram):
    displace_appointment(appointment=book(sara, slot, petition), reason=WHY, by=bahram)

    appointment = Appointment.objects.get()
    assert (appointment.status, appointment.reason) == (Status.DISPLACED, WHY)
    assert not Slot.objects.filter(taken__gt=0).exists()
    assert not Suspension.objects.exists()
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.by) == ("displaced", f"people.Person:{bahram.pk}")


def test_the_sms_says_that_nothing_follows(sara, slot, petition):
    displace_appointment(appointment=book(sara, slot, petition), reason=WHY, by=None)
    sms = OutgoingSms.objects.get(kind=Kind.OFFICE_CLOSED)
    assert sms.to == sara.mobile
    assert "محرومیت ندارد" in text_of(sms.kind, sms.params)


@pytest.mark.parametrize(("hour", "goes"), [("10:00", "now"), ("13:30", "in the morning")])
def test_only_who_must_know_before_the_morning_is_told_at_night(
    sara, office, petition, settings, clock, hour, goes
):
    settings.SMS_QUIET_HOURS = "22-7"
    appointment = book(sara, make_slot(office, hour), petition)
    clock.shift(timedelta(hours=15))  # 23:00 of the day before
    displace_appointment(appointment=appointment, reason=WHY, by=None)
    sms = OutgoingSms.objects.get(kind=Kind.OFFICE_CLOSED)
    night = timedelta(0) if goes == "now" else timedelta(hours=8)
    assert sms.next_try_at == timezone.now() + night


def test_displaced_moved_and_displaced_again_is_two_sms(sara, slot, petition, office):
    displace_appointment(appointment=book(sara, slot, petition), reason=WHY, by=None)
    later = make_slot(office, "10:00", day=TOMORROW + timedelta(days=1))
    moved = move(Appointment.objects.get(), later)
    assert (moved.status, moved.reason) == (Status.BOOKED, "")

    displace_appointment(appointment=moved, reason=WHY, by=None)
    assert OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).count() == 2


def test_what_was_deleted_is_not_displaced(sara, slot, petition):
    stale = book(sara, slot, petition)
    cancel_appointment(appointment=Appointment.objects.get(), by=sara)
    with pytest.raises(NotPossibleNow):
        displace_appointment(appointment=stale, reason=WHY, by=None)
    assert not OutgoingSms.objects.filter(kind=Kind.OFFICE_CLOSED).exists()


@pytest.mark.parametrize("can_receive", [True, False])
def test_only_where_our_line_can_receive_the_sms_asks_for_one(
    sara, slot, petition, office, settings, can_receive
):
    settings.SMS_ANSWERS = can_receive
    make_slot(office, "10:00", day=TOMORROW + timedelta(days=1))
    displace_appointment(appointment=book(sara, slot, petition), reason=WHY, by=None)
    sms = OutgoingSms.objects.get(kind=Kind.OFFICE_CLOSED)
    assert ("«قبول» بفرستید" in text_of(sms.kind, sms.params)) == can_receive
