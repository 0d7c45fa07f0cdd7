from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.utils import timezone

from nobat.appointments import policy
from nobat.visits.answer import answer_day
from nobat.visits.models import Answer
from nobat.visits.unanswered_days import unanswered_days
from tests.build import TOMORROW, make_office, make_visit


def asked(sunday):
    sunday.nobody_is_recorded()
    sunday.evening()
    return list(unanswered_days(timezone.now()))


def test_a_day_waits_with_all_who_wait_for_its_answer(sunday):
    sunday.crowd(3)
    [day] = asked(sunday)
    assert (day.office, day.day, day.people) == (sunday.office, TOMORROW, 4)


def test_an_answered_day_waits_no_more(sunday):
    asked(sunday)
    answer_day(office=sunday.office, day=TOMORROW, answer=Answer.WAS_CLOSED, by=sunday.maryam)
    assert not unanswered_days(timezone.now())


def test_visits_that_come_in_late_are_an_answer(sunday):
    asked(sunday)
    make_visit(sunday.office, by=sunday.maryam)
    assert not unanswered_days(timezone.now())


def test_a_day_that_can_no_longer_be_answered_is_not_shown(sunday):
    asked(sunday)
    sunday.at("12:00", TOMORROW + policy.CAN_STILL_BE_ANSWERED + timedelta(days=1))
    assert not unanswered_days(timezone.now())


def test_an_office_sees_its_own_days(sunday):
    asked(sunday)
    assert unanswered_days(timezone.now(), sunday.office).count() == 1
    assert unanswered_days(timezone.now(), make_office("1022")).count() == 0


def test_the_command_lists_them(sunday):
    asked(sunday)
    out = StringIO()
    call_command("list_unanswered_days", stdout=out)
    assert out.getvalue() == "1021  2026-05-03  1 waiting  asked 2026-05-03T15:00:00+00:00\n"
