from datetime import date, timedelta

import pytest

from nobat.appointments import policy
from nobat.appointments.rules import Rule
from nobat.appointments.set_rule import (
    BeginsTooEarly,
    BeginsTooLate,
    NoSuchRule,
    NothingChanges,
    NoWhy,
    OutOfRange,
    RuleChangedMeanwhile,
    agreed_otherwise,
    number_on,
    set_rule,
)
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from tests.build import TOMORROW, book, make_rule, make_slot

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 2)
DAY = timedelta(days=1)


def change(by, **asked):
    values = {
        "name": "cases_per_turn",
        "number": 3,
        "valid_from": TOMORROW,
        "why": "پرونده‌ها کوتاه‌تر شده است",
        "seen": 2,
        **asked,
    }
    return set_rule(by=by, **values)


def test_a_rule_holds_at_once_from_its_day_and_the_journal_says_why(dr_karimi):
    policy.rules_on(TOMORROW)  # remembered
    rule = change(dr_karimi)

    assert policy.rules_on(TOMORROW).cases_per_turn == 3
    assert policy.rules_on(TODAY).cases_per_turn == 2
    entry = JournalEntry.objects.get(act=Act.RULE_SET)
    assert (entry.subject, entry.by) == (
        f"appointments.Rule:{rule.pk}",
        f"people.Person:{dr_karimi.pk}",
    )
    assert entry.details == {
        "name": "cases_per_turn",
        "old": 2,
        "new": 3,
        "valid_from": "2026-05-03",
        "why": "پرونده‌ها کوتاه‌تر شده است",
    }


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        ({"name": "nothing"}, NoSuchRule),
        ({"number": 0}, OutOfRange),
        ({"number": 11}, OutOfRange),
        ({"valid_from": TODAY}, BeginsTooEarly),
        ({"valid_from": TODAY - 30 * DAY}, BeginsTooEarly),
        ({"valid_from": TODAY + 367 * DAY}, BeginsTooLate),
        ({"why": " \u200c "}, NoWhy),
        ({"number": 2}, NothingChanges),
        ({"seen": 4}, RuleChangedMeanwhile),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(dr_karimi, asked, refusal):
    with pytest.raises(refusal):
        change(dr_karimi, **asked)

    assert not Rule.objects.exists()
    assert not JournalEntry.objects.filter(act=Act.RULE_SET).exists()


def test_a_later_number_for_the_same_day_replaces_the_coming_one_and_both_are_kept(dr_karimi):
    first = change(dr_karimi)
    second = change(dr_karimi, number=4, seen=3)

    first.refresh_from_db()
    assert first.replaced_at is not None
    assert list(policy.coming_rules(TODAY)) == [second]
    assert list(policy.past_rules(TODAY)) == [first]
    assert policy.rules_on(TOMORROW).cases_per_turn == 4


def test_a_coming_number_is_taken_back_by_setting_the_old_one_for_its_day(dr_karimi):
    change(dr_karimi)
    change(dr_karimi, number=2, seen=3)

    assert policy.rules_on(TOMORROW).cases_per_turn == 2


def test_two_at_once_do_not_both_set_it(dr_karimi):
    """The second looked at the page before the first had pressed."""
    change(dr_karimi)
    with pytest.raises(RuleChangedMeanwhile):
        change(dr_karimi, number=5)
    assert number_on("cases_per_turn", TOMORROW) == 3


def test_what_has_begun_is_history_and_what_comes_is_not(dr_karimi, clock):
    old = make_rule("late_after", 20, by=dr_karimi)
    new = make_rule("late_after", 25, by=dr_karimi, valid_from=TOMORROW + 5 * DAY)
    clock.shift(2 * DAY)

    today = TODAY + 2 * DAY
    assert list(policy.past_rules(today)) == [old]
    assert list(policy.coming_rules(today)) == [new]


# -------------------------------------------------------- what stays as it was agreed


def test_appointments_that_would_not_be_given_any_more_are_counted_and_stay(
    sara, reza, office, petition
):
    for hour in ("08:00", "09:00"):
        book(sara, make_slot(office, hour), petition)
    book(reza, make_slot(office, "11:00"), petition, cases=2)

    turns = {"name": "turns_per_office_and_day", "number": 1}
    assert agreed_otherwise(**turns, valid_from=TOMORROW) == 2
    assert agreed_otherwise(**turns, valid_from=TOMORROW + DAY) == 0
    cases = {"name": "cases_per_turn", "valid_from": TOMORROW}
    assert agreed_otherwise(**cases, number=1) == 1
    assert agreed_otherwise(**cases, number=2) == 0
    assert agreed_otherwise(name="late_after", number=1, valid_from=TOMORROW) == 0


def test_four_cases_in_two_turns_count_where_two_turns_are_for_fewer(sara, office, petition):
    make_slot(office, "12:30")
    book(sara, make_slot(office, "12:00"), petition, cases=4)

    counted = [
        agreed_otherwise(name="cases_per_turn", number=number, valid_from=TOMORROW)
        for number in (1, 2, 3)
    ]
    assert counted == [1, 0, 0]
