"""The association sets a number anew, from a day on."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.appointments.rule_words import range_in_words
from nobat.appointments.rules import Rule
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken

FURTHEST = timedelta(days=366)


class NoSuchRule(RuleBroken):
    status = 404
    message = "چنین قاعده‌ای نیست. از فهرست قاعده‌ها یکی را انتخاب کنید."


class OutOfRange(RuleBroken):
    """Carries the name of the rule."""

    status = 422

    def __init__(self, name: str) -> None:
        super().__init__(
            f"این عدد پذیرفته نیست؛ این قاعده {range_in_words(name)} می‌تواند باشد. عدد دیگری "
            "بنویسید."
        )


class BeginsTooEarly(RuleBroken):
    status = 422
    message = (
        "قاعده از گذشته یا از امروز آغاز نمی‌شود، چون مردم با قاعدهٔ پیشین نوبت گرفته‌اند. از "
        "فردا به بعد را بنویسید."
    )


class BeginsTooLate(RuleBroken):
    status = 422
    message = "این روز بیش از یک سال دیگر است. روز نزدیک‌تری بنویسید."


class NothingChanges(RuleBroken):
    message = "در این روز همین عدد برقرار است و چیزی عوض نمی‌شود. عدد یا روز دیگری بنویسید."


class NoWhy(RuleBroken):
    status = 422
    message = "دلیل نوشته نشده است. هر تغییر با دلیلش در تاریخچه می‌ماند؛ چند کلمه بنویسید."


class RuleChangedMeanwhile(RuleBroken):
    message = (
        "این قاعده در این میان عوض شد. همکار دیگری عدد تازه‌ای گذاشته است؛ پیامدها را دوباره "
        "ببینید و اگر درست است، دوباره تایید کنید."
    )


def set_rule(*, name: str, number: int, valid_from: date, why: str, by: Person, seen: int) -> Rule:
    """From that day on the rule has this number, in its unit. All or nothing.

    What was agreed under the number before stays valid. A number that was set for the same
    day, and has not begun, is replaced and stays in the history. `seen` is what would have
    held on that day when it was looked at: raises RuleChangedMeanwhile if it is another by
    now, and else the refusals above. Nobody reads the new number before it is committed;
    other processes know it some seconds later, and it begins tomorrow at the earliest.
    """
    now = timezone.now()
    why = clean(why)
    policy.forget()
    refuse_impossible_rule(name=name, number=number, valid_from=valid_from, why=why, now=now)
    old = number_on(name, valid_from)
    if old != seen:
        raise RuleChangedMeanwhile
    try:
        with transaction.atomic():
            rule = _write(name, number, valid_from, why, by, now)
            record(
                Act.RULE_SET,
                rule,
                by=by,
                at=now,
                name=name,
                old=old,
                new=number,
                valid_from=valid_from.isoformat(),
                why=why,
            )
    except IntegrityError:
        raise RuleChangedMeanwhile from None
    policy.forget()
    return rule


def refuse_impossible_rule(
    *, name: str, number: int, valid_from: date, why: str, now: datetime
) -> None:
    """What set_rule would refuse, before anything is written."""
    today = tehran_day(now)
    if name not in policy.RANGES:
        raise NoSuchRule
    low, high, _ = policy.RANGES[name]
    if not low <= number <= high:
        raise OutOfRange(name)
    if valid_from <= today:
        raise BeginsTooEarly
    if valid_from > today + FURTHEST:
        raise BeginsTooLate
    if not why:
        raise NoWhy
    if number_on(name, valid_from) == number:
        raise NothingChanges


def number_on(name: str, day: date) -> int:
    """What the rule has on that day, in its unit."""
    return policy.RANGES[name].number_of(getattr(policy.rules_on(day), name))


def agreed_otherwise(*, name: str, number: int, valid_from: date) -> int:
    """How many appointments from that day on would not be given so any more, and stay valid."""
    # By its end, for the index of those that stand.
    begins = start_of_day(valid_from)
    standing = Appointment.objects.filter(status=Status.BOOKED, ends_at__gt=begins)
    if name == "turns_per_office_and_day":
        return _too_many(standing, number)
    if name == "cases_per_turn":
        return standing.filter(second_slot=None, cases__gt=number).count() + (
            standing.filter(cases__gt=number * policy.TURNS_IN_A_ROW)
            .exclude(second_slot=None)
            .count()
        )
    return 0


def _too_many(standing: QuerySet[Appointment], number: int) -> int:
    """Appointments of those who have more turns at one office on one day than that."""
    days = standing.order_by().values("citizen", "office", "day")
    turns = Count("slot") + Count("second_slot")
    found = days.annotate(turns=turns, appointments=Count("pk")).filter(turns__gt=number)
    return sum(found.values_list("appointments", flat=True))


def _write(name: str, number: int, valid_from: date, why: str, by: Person, now: datetime) -> Rule:
    coming = Rule.objects.standing().filter(name=name, valid_from=valid_from)
    coming.update(replaced_at=now)
    return Rule.objects.create(
        name=name, value=number, valid_from=valid_from, why=why, set_by=by, set_at=now
    )
