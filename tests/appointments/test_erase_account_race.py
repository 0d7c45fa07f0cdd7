"""Somebody leaves in one window, and takes a turn in another one at the same moment."""

from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from nobat.appointments import erase_account
from nobat.appointments.models import Appointment, Status
from nobat.appointments.take_turn import Wanted, take_turn_in_session
from nobat.people.erase import erase_person
from nobat.schedule.models import Slot
from nobat.sms.models import Kind, OutgoingSms
from nobat.visits.integrity import check_integrity
from tests.at_once import at_once
from tests.build import TOMORROW, book, make_slot, move, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
LATER = TOMORROW + timedelta(days=3)
KEY = "7b0c2f6e-1d94-4c75-9a51-1f8f6a4f2f10"


@pytest.fixture
def while_leaving(sara, monkeypatch):
    """Does something in the middle of Sara's leaving; what came of it."""

    def do(act):
        in_the_middle, act_is_over = Event(), Event()

        def erase_while_something_happens(**leaving):
            in_the_middle.set()
            act_is_over.wait(0.5)  # in vain, because it waits for us
            erase_person(**leaving)

        def meanwhile():
            in_the_middle.wait()
            try:
                return act()
            finally:
                act_is_over.set()

        monkeypatch.setattr(erase_account, "erase_person", erase_while_something_happens)
        _, answer = at_once([lambda: erase_account.erase_account(person=sara), meanwhile])
        return answer

    return do


def nothing_is_left():
    assert not Appointment.objects.filter(status=Status.BOOKED).exists()
    assert not Slot.objects.filter(taken__gt=0).exists()
    assert [finding.sentence for finding in check_integrity() if finding.rows] == []


def test_who_books_in_the_middle_of_leaving_waits_and_is_refused(
    sara, slot, petition, while_leaving
):
    assert while_leaving(lambda: book(sara, slot, petition)) == "HasLeft"
    assert not OutgoingSms.objects.exclude(kind=Kind.ACCOUNT_ERASED).exists()
    nothing_is_left()


def test_who_moves_a_turn_in_the_middle_of_leaving_is_refused_too(
    sara, slot, office, petition, while_leaving
):
    appointment, there = book(sara, slot, petition), make_slot(office, "11:00", day=LATER)

    assert while_leaving(lambda: move(appointment, there)) == "HasLeft"
    nothing_is_left()


def test_the_short_way_to_a_turn_ends_alike(client, sara, slot, while_leaving):
    session_key = sign_in(client, sara).cookies["session"].value
    wanted = Wanted(slot.pk, "petition", 1, KEY)

    def press():
        return take_turn_in_session(wanted, session_key=session_key, now=timezone.now())

    assert while_leaving(press).outcome == "HasLeft"
    nothing_is_left()


@pytest.mark.parametrize("round_", range(6))
def test_in_whatever_order_it_comes_no_turn_is_left(sara, office, petition, round_):
    slots = [make_slot(office, f"{hour:02}:00", day=LATER) for hour in range(8, 12)]
    acts = [lambda slot=slot: book(sara, slot, petition) for slot in slots]
    leave = [lambda: erase_account.erase_account(person=sara)]

    answers = at_once(acts[:2] + leave + acts[2:])

    assert {each for each in answers if isinstance(each, str)} <= {"HasLeft", "TooManyAppointments"}
    nothing_is_left()
