"""A citizen books a turn."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from nobat.appointments import policy
from nobat.appointments.models import NotPossibleNow, Suspension
from nobat.appointments.take_turn import Turn, Wanted, day_of_rules, take_turn
from nobat.people.models import Person
from nobat.shared.jalali import long_day, tehran_day
from nobat.shared.persian import fa_digits, in_words
from nobat.shared.rules import RuleBroken


class SlotFull(RuleBroken):
    message = "این ساعت همین حالا پر شد. کس دیگری زودتر ثبت کرد؛ ساعت دیگری انتخاب کنید."


class NoTurnAfter(RuleBroken):
    message = (
        "پس از این ساعت نوبت دیگری نیست. این شمار پرونده دو نوبت پشت هم می‌خواهد. "
        "ساعت دیگری انتخاب کنید."
    )


class Suspended(RuleBroken):
    """Carries `until`, the moment from which the citizen may book again."""

    status = 403

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            "در نوبت پیشین به دفتر نیامدید و تا چند روز از هیچ دفتری نوبت اینترنتی داده "
            f"نمی‌شود. از {fa_digits(long_day(tehran_day(until)))} دوباره می‌توانید."
        )


class HasLeft(RuleBroken):
    """The account was deleted while this request was on its way."""

    message = "این حساب حذف شده است و نوبتی ثبت نشد. برای نوبت گرفتن، دوباره ثبت‌نام کنید."
    status = 403


class TooManyAppointments(RuleBroken):
    message = (
        "در این دفتر برای این روز جای نوبت دیگری ندارید. شمار نوبت‌های هر نفر در هر دفتر و هر "
        "روز اندازه دارد تا به دیگران هم برسد. روز دیگری انتخاب کنید یا نوبتی را حذف کنید."
    )


class AlreadyBookedThen(RuleBroken):
    message = (
        "در همین ساعت نوبت دیگری دارید. در یک زمان دو جا نمی‌توان بود. ساعت دیگری "
        "انتخاب کنید یا نوبت دیگر را جابه‌جا کنید."
    )


class TooEarly(RuleBroken):
    """Carries the first day that can be booked."""

    def __init__(self, first: date) -> None:
        super().__init__(
            "برای این روز دیگر نمی‌شود نوبت گرفت. دفترها فهرست هر روز را پیش از آن می‌بندند. "
            f"زودترین روز، {long_day(first)} است."
        )


class TooLate(RuleBroken):
    """Carries the last day that can be booked."""

    def __init__(self, last: date) -> None:
        super().__init__(
            "وقت‌های این روز هنوز باز نشده است. اکنون تا "
            f"{long_day(last)} نوبت داده می‌شود؛ یکی از این روزها را انتخاب کنید."
        )


class OfficeNotOpen(RuleBroken):
    message = (
        "این دفتر اکنون نوبت نمی‌دهد. کانون کار آن را نگه داشته یا دفتر برچیده شده است. دفتر "
        "دیگری انتخاب کنید."
    )


class ServiceNotOffered(RuleBroken):
    message = "این دفتر این خدمت را ندارد. خدمت یا دفتر دیگری انتخاب کنید."


class TooManyCases(RuleBroken):
    """Carries the rules of the day."""

    status = 400

    def __init__(self, rules: policy.Rules) -> None:
        super().__init__(
            f"این شمار پرونده در یک نوبت نمی‌گنجد. هر نوبت برای {in_words(rules.cases_per_turn)} "
            f"پرونده است و دو نوبت پشت هم برای {in_words(rules.most_cases)} پرونده. برای بیش از "
            "آن، روز دیگری هم نوبت بگیرید."
        )


class KeyUsed(RuleBroken):
    message = (
        "با این صفحه پیش‌تر ساعت دیگری را ثبت کرده‌اید. در «نوبت‌های من» ببینید؛ برای نوبت "
        "تازه، ساعت را دوباره انتخاب کنید."
    )


REFUSALS: dict[str, type[RuleBroken]] = {
    refusal.__name__: refusal
    for refusal in (
        SlotFull,
        NoTurnAfter,
        HasLeft,
        TooManyAppointments,
        AlreadyBookedThen,
        OfficeNotOpen,
        ServiceNotOffered,
        KeyUsed,
        NotPossibleNow,
    )
}


def book_appointment(*, citizen: Person, slot_id: int, service: str, cases: int, key: UUID) -> Turn:
    """Take the seats, write it down and queue the confirmation: all or nothing.

    `service` is its code. More cases than fit one turn take the next one too. The same
    key again gives the same appointment. Raises one of the refusals above (published
    rules 3 to 6). Ids go in and a tracking code comes out, so that booking is one
    statement.
    """
    now = timezone.now()
    refuse_impossible_cases(cases, day_of_rules(slot_id, now))
    wanted = Wanted(slot_id, service, cases, str(key))
    turn = take_turn(wanted, citizen_id=citizen.pk, now=now)
    refuse_by_outcome(turn, citizen.pk, now)
    return turn


def refuse_impossible_cases(cases: int, day: date) -> None:
    rules = policy.rules_on(day)
    if not 1 <= cases <= rules.most_cases:
        raise TooManyCases(rules)


def refuse_by_outcome(turn: Turn, citizen_id: int, now: datetime) -> None:
    """Raise the refusal that take_turn named, if it named one."""
    if turn.outcome == "Suspended":
        suspensions = Suspension.objects.filter(citizen_id=citizen_id)
        raise Suspended(suspensions.running(now).latest("until").until)
    first, last = policy.bookable_days(tehran_day(now))
    if turn.outcome == "TooEarly":
        raise TooEarly(first)
    if turn.outcome == "TooLate":
        raise TooLate(last)
    if turn.outcome in REFUSALS:
        raise REFUSALS[turn.outcome]
