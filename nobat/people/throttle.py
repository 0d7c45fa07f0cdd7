"""How often someone may try something: every limit of people's accounts on one screen.

Counted in fixed stretches of time, with one atomic statement, so that a hundred tries at
once are a hundred tries. Numbers are counted in their one form (E.164), never as typed.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from nobat.people.models import Throttle
from nobat.shared.jalali import hour, long_day, tehran_day
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import digest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHORT = timedelta(minutes=1)
# In the order of their keys, as they are counted, so that no two statements wait for each other.
_GIVE_BACK = """
UPDATE people_throttle SET count = people_throttle.count - 1
FROM (
    SELECT id FROM people_throttle WHERE (key, window_starts_at) IN (
        SELECT * FROM unnest(%s::text[], %s::timestamptz[])
    ) ORDER BY key COLLATE "C" FOR UPDATE
) counted
WHERE people_throttle.id = counted.id
"""


class Limit(NamedTuple):
    name: str  # part of the key: another name starts counting anew
    most: int
    within: timedelta
    says: str = ""  # what happened, for whom the limit stops


# SMS codes that are sent. Each costs money, and somebody's phone rings.
CODES_PER_HOUR = Limit(
    "codes of a mobile",
    5,
    timedelta(hours=1),
    "برای این شماره در این ساعت بیش از این کد فرستاده نمی‌شود.",
)
CODES_PER_DAY = Limit(
    "codes of a mobile in a day",
    10,
    timedelta(days=1),
    "برای این شماره امروز بیش از این کد فرستاده نمی‌شود.",
)
# Mobile operators put thousands of citizens behind one address: high, and above the lower
# of the two only the security code is asked for.
CODES_OF_ADDRESS_BEFORE_SECURITY_CODE = Limit("codes asked", 30, timedelta(minutes=1))
CODES_OF_ADDRESS_IN_AN_HOUR_BEFORE_SECURITY_CODE = Limit("codes asked", 120, timedelta(hours=1))
CODES_OF_ADDRESS = Limit(
    "codes of an address",
    60,
    timedelta(minutes=1),
    "از شبکهٔ شما در این دقیقه درخواست‌های بسیاری رسیده است.",
)
# An address that a mobile operator has published as its own (operator_networks.py).
CODES_OF_OPERATOR_ADDRESS = CODES_OF_ADDRESS._replace(most=600)
CODES_OF_MOBILE_BEFORE_SECURITY_CODE = Limit("codes asked", 2, timedelta(hours=1))
# A browser, as long as it keeps its cookie (nobat/web/device_cookie.py).
CODES_OF_DEVICE_BEFORE_SECURITY_CODE = Limit("codes asked by a device", 3, timedelta(hours=1))
CODES_OF_DEVICE = Limit(
    "codes of a device",
    10,
    timedelta(days=1),
    "از این دستگاه امروز بیش از این کد خواسته نمی‌شود. با دستگاهی دیگر، مانند گوشی خودتان، "
    "همین حالا هم می‌شود؛ با این دستگاه،",
)
# What an SMS gateway carries, and no more than that is owed to anyone at once.
CODES_OF_SYSTEM = Limit(
    "codes of the system",
    6000,
    timedelta(minutes=1),
    "درخواست کد در این دقیقه از اندازه گذشته است.",
)

# Codes that are written, right or wrong. Each of them dies of five wrong tries anyway.
CODES_TRIED_PER_DAY = Limit(
    "codes tried of a mobile",
    25,
    timedelta(days=1),
    "برای این شماره امروز بارها کد پیامکی نوشته شده است.",
)
# Of everybody together: what is usual, and what is not (wrong_codes.py).
WRONG_CODES_OF_SYSTEM = Limit("wrong codes of the system", 200, timedelta(hours=1))

# Wrong passwords of one account. It is never locked: the SMS code stays open.
PASSWORDS_BEFORE_SECURITY_CODE = 5
PASSWORDS_PER_HOUR = Limit(
    "passwords of a mobile",
    20,
    timedelta(hours=1),
    "برای این شماره چند بار پی‌درپی رمز نادرست نوشته شده است. با کد پیامکی همین حالا هم "
    "می‌توانید وارد شوید؛ با رمز،",
)
# One form of the desk that was sent: pressing twice gives one number.
WALK_INS_PER_FORM = Limit("walk-ins of a form", 1, timedelta(days=1))
# Answers to messages from a phone: each costs money, and two machines could go on for ever.
SMS_ANSWERS_PER_HOUR = Limit("SMS answers", 5, timedelta(hours=1))
SMS_ANSWERS_PER_DAY = Limit("SMS answers", 15, timedelta(days=1))
SMS_ANSWERS_WITHOUT_ACCOUNT = Limit("SMS answers without account", 1, timedelta(days=1))
# Somebody signed in who asks whether this or that is the old password.
OLD_PASSWORDS_PER_HOUR = Limit(
    "old passwords of a person",
    10,
    timedelta(hours=1),
    "چند بار پی‌درپی رمز کنونی نادرست نوشته شده است.",
)
# Codes of a second factor, those on paper too. Only who has the password gets as far as to
# spend the tries of a person; a million codes, of which three are right.
SECOND_FACTORS = (
    Limit(
        "second factors",
        5,
        timedelta(minutes=15),
        "کد ورود چند بار پی‌درپی نادرست نوشته شده است.",
    ),
    Limit(
        "second factors in a day",
        30,
        timedelta(days=1),
        "کد ورود امروز بارها نادرست نوشته شده است. اگر شما نبوده‌اید، رمز خود را عوض کنید.",
    ),
)
# A manager who asks whether a mobile and a national code belong together.
STAFF_ADDED_PER_HOUR = Limit(
    "staff added by a person",
    10,
    timedelta(hours=1),
    "در این ساعت چند بار مشخصات همکار نوشته‌اید.",
)
# The association asks it of many offices: a first manager here, a colleague there.
STAFF_APPOINTED_PER_HOUR = Limit(
    "staff appointed by the association",
    60,
    timedelta(hours=1),
    "در این ساعت بارها مشخصات کسی را نوشته‌اید.",
)
# A proven mobile that asks whose identity numbers already have an account.
IDENTITIES_PER_DAY = Limit(
    "identities of a mobile",
    10,
    timedelta(days=1),
    "با این شمارهٔ موبایل امروز بیش از این نمی‌توان مشخصات ثبت کرد.",
)


class TooOften(RuleBroken):
    status = 429

    def __init__(self, limit: Limit, until: datetime, now: datetime) -> None:
        self.until = until
        super().__init__(f"{limit.says} {_from(until, now)} دوباره امتحان کنید.")


def count(limit: Limit, about: str, now: datetime) -> int:
    """Count one try; how many it makes in this stretch of time."""
    return count_each([(limit, about)], now)[0]


def count_each(tries: list[tuple[Limit, str]], now: datetime, number: int = 1) -> list[int]:
    """Count that many tries against each limit, in one statement; how many it makes of each."""
    rows = {key_of(limit, about): window_of(limit, now) for limit, about in tries}
    places = ", ".join(["(%s, %s, %s)"] * len(rows))
    # In the order of their keys everywhere, so that no two statements wait for each other.
    values = [value for row in sorted(rows.items()) for value in (*row, number)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_throttle (key, window_starts_at, count) VALUES {places}"  # noqa: S608
            " ON CONFLICT (key, window_starts_at)"
            " DO UPDATE SET count = people_throttle.count + excluded.count RETURNING key, count",
            values,
        )
        counts = dict(cursor.fetchall())
    return [counts[key_of(limit, about)] for limit, about in tries]


def count_within(tries: Iterable[tuple[Limit, str]], now: datetime) -> None:
    """Count one try against each limit; TooOften when one of them is passed.

    What one limit refuses counts for none of the others: else an address that asks too
    often would use up the codes of numbers that never got one.
    """
    tries = list(tries)
    counts = zip(tries, count_each(tries, now), strict=True)
    passed = [limit for (limit, _), number in counts if number > limit.most]
    if passed:
        if len(tries) > 1:
            _give_back(tries, now)
        last = max(passed, key=lambda limit: end_of(limit, now))
        raise TooOften(last, end_of(last, now), now)


def passes_one_of(tries: Iterable[tuple[Limit, str]], now: datetime) -> bool:
    """Count one try against each limit; whether one of them is passed."""
    tries = list(tries)
    counts = count_each(tries, now)
    return any(number > limit.most for (limit, _), number in zip(tries, counts, strict=True))


def so_far(limit: Limit, about: str, now: datetime) -> int:
    """How many tries were counted in this stretch of time, without counting one."""
    counted = Throttle.objects.filter(
        key=key_of(limit, about), window_starts_at=window_of(limit, now)
    )
    return counted.values_list("count", flat=True).first() or 0


def end_of(limit: Limit, now: datetime) -> datetime:
    """When this stretch of time is over, and counting begins anew."""
    return window_of(limit, now) + limit.within


def forget(limit: Limit, about: str) -> None:
    """Begin again: who gave the right password was not guessing."""
    Throttle.objects.filter(key=key_of(limit, about)).delete()


def _give_back(tries: list[tuple[Limit, str]], now: datetime) -> None:
    keys = [key_of(limit, about) for limit, about in tries]
    windows = [window_of(limit, now) for limit, _ in tries]
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [keys, windows])


def key_of(limit: Limit, about: str) -> str:
    """Under what it is counted: whose it is cannot be read there."""
    return digest(f"{limit.name}\0{limit.within}\0{about}", "people.Throttle")


def window_of(limit: Limit, now: datetime) -> datetime:
    """When this stretch of time began."""
    return now - (now - _EPOCH) % limit.within


def _from(until: datetime, now: datetime) -> str:
    if until - now <= _SHORT:
        return "یک دقیقهٔ دیگر"
    if tehran_day(until) == tehran_day(now):
        return f"از ساعت {hour(until)}"
    return f"از {long_day(until)} ساعت {hour(until)}"
