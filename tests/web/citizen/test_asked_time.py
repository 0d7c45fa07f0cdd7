from datetime import date

import pytest

from nobat.appointments import policy
from nobat.appointments.book import ServiceNotOffered, TooManyCases
from nobat.appointments.policy import Rules
from nobat.schedule.timetable import OfferedService
from nobat.web.citizen.asked_time import read_time
from tests.build import TOMORROW, book, make_rule

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 2)
PETITION = OfferedService("petition", "تنظیم دادخواست", "", True, ())
FOLLOW_UP = OfferedService("follow-up", "پیگیری پرونده", "", True, ())


def read(moving=None, **asked):
    time = read_time(asked, office_code="1021", moving=moving, today=TODAY)
    time.choose_service([PETITION, FOLLOW_UP])
    return time


def test_whoever_asks_for_nothing_gets_the_first_service_and_one_turn():
    asked = read()

    assert (asked.service, asked.cases, asked.turns, asked.day) == (PETITION, 1, 1, None)
    assert asked.remarks == []


@pytest.mark.parametrize(("cases", "turns"), [("1", 1), ("2", 1), ("3", 2), ("4", 2), ("۳", 2)])
def test_two_cases_fit_one_turn(cases, turns):
    assert read(cases=cases).turns == turns


def test_more_than_four_cases_are_refused_in_words():
    asked = read(cases="5")

    assert (asked.cases, asked.remarks) == (4, [TooManyCases(Rules()).message])


@pytest.mark.parametrize("cases", ["0", "-1", "x", "1.5", "9" * 5000, "²"])
def test_nonsense_in_place_of_a_number_is_one_turn_or_a_word(cases):
    asked = read(cases=cases)

    assert len(asked.remarks) == 1
    assert asked.cases == 1


def test_a_service_that_the_office_does_not_have_is_remarked():
    asked = read(service="sana")

    assert (asked.service, asked.remarks) == (PETITION, [ServiceNotOffered.message])


@pytest.mark.parametrize("day", ["2026-05-03", "۲۰۲۶-۰۵-۰۳"])
def test_a_day_is_read_whatever_digits_it_has(day):
    assert read(day=day).day == TOMORROW


@pytest.mark.parametrize("day", ["x", "2026-02-30", "0001-01-01", "9999-12-31", "\0", "1405-02-13"])
def test_a_day_that_does_not_exist_is_remarked(day):
    asked = read(day=day)

    assert asked.day is None
    assert len(asked.remarks) == 1


def test_addresses_keep_the_choice():
    asked = read(service="follow-up", cases="3")

    assert asked.address(TOMORROW) == (
        "/offices/1021/?service=follow-up&cases=3&day=2026-05-03#hours"
    )
    assert asked.next_address(7) == "/offices/1021/book/?service=follow-up&cases=3&slot=7"


def test_whoever_moves_an_appointment_keeps_its_service_and_cases(sara, slot, petition):
    appointment = book(sara, slot, petition, cases=2)

    asked = read(moving=appointment)

    assert (asked.service.code, asked.cases) == ("petition", 2)
    assert f"moving={appointment.reference}" in asked.address(TOMORROW)
    assert asked.next_address(7).startswith(f"/my/appointments/{appointment.reference}/move/?")


def test_whoever_moves_an_appointment_can_still_choose_otherwise(sara, slot, petition):
    asked = read(moving=book(sara, slot, petition), service="follow-up", cases="1")

    assert (asked.service, asked.cases) == (FOLLOW_UP, 1)


def test_each_day_counts_the_turns_by_its_own_rules(dr_karimi):
    days = [TOMORROW, date(2026, 5, 4)]
    assert read(cases="2").turns_of(days) == {TOMORROW: 1, date(2026, 5, 4): 1}
    make_rule("cases_per_turn", 1, by=dr_karimi, valid_from=date(2026, 5, 4))
    policy.forget()

    assert read(cases="2").turns_of(days) == {TOMORROW: 1, date(2026, 5, 4): 2}
