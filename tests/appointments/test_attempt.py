from datetime import timedelta

import pytest

from nobat.appointments import policy
from nobat.appointments.attempt import REMEMBERED_ONLY, attempt_of
from nobat.appointments.book import SlotFull
from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.people.throttle import TooOften
from tests.at_once import at_once
from tests.build import book, make_slot

pytestmark = pytest.mark.django_db


def ask_in_vain(citizen):
    """One refusal; as every request does, with the person as they lie in the database."""
    citizen.refresh_from_db()
    with pytest.raises(SlotFull), attempt_of(citizen):
        raise SlotFull


def get_one(citizen):
    citizen.refresh_from_db()
    with attempt_of(citizen):
        return True


def test_who_is_not_refused_is_not_counted(sara, django_assert_num_queries):
    with django_assert_num_queries(0), attempt_of(sara):
        pass


def test_the_first_refusals_write_nothing(sara, reza, django_assert_num_queries):
    with django_assert_num_queries(0):
        for _ in range(REMEMBERED_ONLY):
            with pytest.raises(SlotFull), attempt_of(sara):
                raise SlotFull


def test_each_further_refusal_is_one_statement(sara, django_assert_num_queries):
    for _ in range(REMEMBERED_ONLY):
        ask_in_vain(sara)
    for _ in range(2):
        with django_assert_num_queries(1), pytest.raises(SlotFull), attempt_of(sara):
            raise SlotFull


def test_twenty_refusals_in_ten_minutes_cost_a_minute(sara, clock):
    for _ in range(19):
        ask_in_vain(sara)
    assert get_one(sara)
    ask_in_vain(sara)

    with pytest.raises(TooOften, match="یک دقیقهٔ دیگر"):
        get_one(sara)
    clock.shift(timedelta(minutes=1))
    assert get_one(sara)


def test_after_that_each_further_refusal_costs_a_minute(sara, clock):
    for _ in range(20):
        ask_in_vain(sara)
    clock.shift(timedelta(minutes=1))
    ask_in_vain(sara)

    with pytest.raises(TooOften):
        get_one(sara)


def test_after_sixty_refusals_there_are_no_turns_until_the_hour_is_over(sara, clock):
    for minutes in (0, 10, 10):
        clock.shift(timedelta(minutes=minutes))
        for _ in range(20):
            ask_in_vain(sara)
    with pytest.raises(TooOften, match="از ساعت ۰۸:۳۰"):  # the hour of UTC ends
        get_one(sara)

    clock.shift(timedelta(minutes=10) - timedelta(seconds=1))
    with pytest.raises(TooOften):
        get_one(sara)
    clock.shift(timedelta(seconds=1))
    assert get_one(sara)


def test_waiting_costs_no_statement_and_is_not_counted(sara, django_assert_num_queries, clock):
    for _ in range(20):
        ask_in_vain(sara)
    sara.refresh_from_db()
    with django_assert_num_queries(0):
        for _ in range(100):
            with pytest.raises(TooOften), attempt_of(sara):
                pass

    clock.shift(timedelta(minutes=1))
    assert get_one(sara)


def test_one_citizens_refusals_are_not_anothers(sara, reza):
    for _ in range(20):
        ask_in_vain(sara)

    assert get_one(reza)


@pytest.mark.django_db(transaction=True)
def test_refusals_of_the_same_moment_are_all_counted(sara):
    def ask():
        with attempt_of(sara):
            raise SlotFull

    assert at_once([ask] * 20) == ["SlotFull"] * 20
    with pytest.raises(TooOften):
        get_one(sara)


class TestDeleting:
    @pytest.fixture
    def take_and_delete(self, sara, slot, petition):
        def take_and_delete(times):
            for number in range(times):
                hour = make_slot(slot.office, f"12:{number:02d}")
                cancel_appointment(appointment=book(sara, hour, petition), by=sara)

        return take_and_delete

    def test_who_deletes_four_in_an_hour_gets_another(self, sara, take_and_delete):
        take_and_delete(policy.DELETIONS_PER_HOUR - 1)
        assert get_one(sara)

    def test_after_the_fifth_there_are_none_until_the_hour_is_over(
        self, sara, take_and_delete, clock
    ):
        take_and_delete(policy.DELETIONS_PER_HOUR)
        with pytest.raises(TooOften, match=r"حذف کرده‌اید.*از ساعت ۰۸:۳۰"):
            get_one(sara)
        clock.shift(timedelta(minutes=30))
        assert get_one(sara)

    def test_deleting_goes_on(self, sara, take_and_delete, slot, petition):
        other = book(sara, slot, petition)
        take_and_delete(policy.DELETIONS_PER_HOUR)
        cancel_appointment(appointment=other, by=sara)
        assert other.status == Status.CANCELLED_BY_CITIZEN

    def test_of_others_nothing_is_counted(self, reza, take_and_delete):
        take_and_delete(policy.DELETIONS_PER_HOUR)
        assert get_one(reza)

    def test_who_was_displaced_held_no_hour(self, sara, take_and_delete, slot, petition):
        displaced = book(sara, slot, petition)
        Appointment.objects.filter(pk=displaced.pk).update(status=Status.DISPLACED)
        take_and_delete(policy.DELETIONS_PER_HOUR - 1)
        cancel_appointment(appointment=displaced, by=sara)
        assert get_one(sara)
