"""Whose account an operator means, by the mobile of its owner."""

from django.core.management.base import CommandError

from nobat.people.mobile import NotAMobile, mobile_number
from nobat.people.models import Person


def account_with(mobile: str) -> Person:
    """Raises CommandError for what is no mobile, and for one without an account."""
    try:
        number = mobile_number(mobile)
    except NotAMobile:
        raise CommandError("--mobile must be a mobile number of Iran.") from None
    person = Person.objects.filter(mobile=number).first()
    if person is None:
        raise CommandError("No account has this mobile. Its owner signs up first, like anybody.")
    return person
