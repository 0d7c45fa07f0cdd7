"""How long what has been written down is kept, in one place; docs/security.md has the table."""

from datetime import timedelta
from typing import NamedTuple

from nobat.environment import Environment, must

FOR_EVER = timedelta(days=36_500)
# Article 668 of the criminal procedure: what is known of a user, after the end.
SIX_MONTHS = timedelta(days=183)
# The database refuses to forget an entry of the journal sooner (journal/migrations/0008).
FIVE_YEARS = timedelta(days=1_827)


class Kept(NamedTuple):
    """For how long; everything is deleted by a job within a day after that."""

    codes: timedelta
    requests: timedelta
    incoming_texts: timedelta
    walk_in_names: timedelta
    sms: timedelta
    erased_accounts: timedelta
    appointments: timedelta
    journal: timedelta


def kept(env: Environment) -> Kept:
    """The setting KEPT; 0 days are for ever. Stops the start if one cannot be."""
    days = {
        "codes": env.int("CODES_KEPT_DAYS", default=1),
        "requests": env.int("REQUESTS_KEPT_DAYS", default=2),
        "incoming_texts": env.int("INCOMING_TEXTS_KEPT_DAYS", default=30),
        "walk_in_names": env.int("WALK_IN_NAMES_KEPT_DAYS", default=30),
        "sms": env.int("SMS_KEPT_DAYS", default=SIX_MONTHS.days),
        "erased_accounts": env.int("ERASED_ACCOUNTS_KEPT_DAYS", default=SIX_MONTHS.days),
        "appointments": env.int("APPOINTMENTS_KEPT_DAYS", default=730),
        "journal": env.int("JOURNAL_KEPT_DAYS", default=FIVE_YEARS.days),
    }
    found = Kept(**{name: timedelta(days=most) or FOR_EVER for name, most in days.items()})
    must(
        found.erased_accounts >= SIX_MONTHS,
        "ERASED_ACCOUNTS_KEPT_DAYS must be 183 or more: so long the law wants it kept",
    )
    must(
        found.journal >= FIVE_YEARS,
        "JOURNAL_KEPT_DAYS must be 1827 or more: sooner the database forgets no entry",
    )
    must(
        found.appointments <= found.journal,
        "APPOINTMENTS_KEPT_DAYS must not be more than JOURNAL_KEPT_DAYS, which proves them",
    )
    must(
        found.sms + timedelta(days=60) <= found.appointments or found.appointments == FOR_EVER,
        "SMS_KEPT_DAYS must be less than APPOINTMENTS_KEPT_DAYS by 60: messages speak of turns",
    )
    must(
        found.appointments >= timedelta(days=400),
        "APPOINTMENTS_KEPT_DAYS must be 400 or more: figures count a year of them again",
    )
    return found
