from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from nobat.appointments import policy
from nobat.appointments.models import Status
from nobat.journal.models import JournalEntry
from nobat.visits.answer import AlreadyAnswered, NotAsked, TooLateToAnswer, answer_day
from nobat.visits.models import Answer, OfficeDay
from tests.at_once import at_once
from tests.build import TOMORROW


@pytest.fixture
def asked(sunday):
    """The evening of a Sunday on which nobody was recorded."""
    sunday.nobody_is_recorded()
    sunday.evening()
    return sunday


def answer(sunday, says=Answer.WAS_CLOSED):
    answer_day(office=sunday.office, day=TOMORROW, answer=says, by=sunday.maryam)


def test_an_answer_is_kept_with_who_and_when(asked):
    answer(asked)
    day = OfficeDay.objects.get()
    assert (day.answer, day.answered_by) == (Answer.WAS_CLOSED, asked.maryam)
    entry = JournalEntry.objects.latest("pk")
    assert (entry.act, entry.details["answer"]) == ("day_answered", "was_closed")


def test_until_the_next_round_nothing_happens(asked):
    answer(asked, Answer.NOBODY_CAME)
    assert asked.status() == Status.BOOKED


def test_an_answer_is_given_once(asked):
    answer(asked)
    with pytest.raises(AlreadyAnswered):
        answer(asked, Answer.NOBODY_CAME)
    assert OfficeDay.objects.get().answer == Answer.WAS_CLOSED


def test_nobody_answers_what_was_not_asked(sunday):
    sunday.evening()
    with pytest.raises(NotAsked):
        answer(sunday)


def test_after_thirty_days_it_is_too_late(asked):
    asked.at("12:00", TOMORROW + policy.CAN_STILL_BE_ANSWERED + timedelta(days=1))
    with pytest.raises(TooLateToAnswer):
        answer(asked)


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_give_one_answer(asked):
    answers = at_once([lambda says=says: answer(asked, says) for says in Answer])
    assert answers.count("AlreadyAnswered") == 2
    assert JournalEntry.objects.filter(act="day_answered").count() == 1


# ------------------------------------------------------------------------------ the command
def call(by, **changes):
    given = {"office": "1021", "day": "2026-05-03", "answer": "was_closed"} | changes
    out = StringIO()
    typed = [f"--{name}={value}" for name, value in given.items()]
    call_command("answer_day", *typed, f"--by={by}", stdout=out)
    return out.getvalue()


def test_the_association_answers_by_command(asked, dr_karimi):
    assert call("09120000006") == "1021  2026-05-03  was_closed\n"
    assert OfficeDay.objects.get().answered_by == dr_karimi


@pytest.mark.parametrize("by", ["09120000003", "09129999999", "12"])
def test_nobody_else_answers_by_command(asked, dr_karimi, by):
    with pytest.raises(CommandError):
        call(by)


def test_the_command_says_what_it_was_refused(asked, dr_karimi):
    call("09120000006")
    with pytest.raises(CommandError, match="پیش‌تر پاسخ داده شده"):
        call("09120000006")
    with pytest.raises(CommandError):
        call("09120000006", office="9")
