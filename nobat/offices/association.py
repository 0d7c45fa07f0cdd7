"""Who works for the association."""

from nobat.people.mobile import mobile_number
from nobat.people.models import Person
from nobat.shared.rules import RuleBroken


class NotOfTheAssociation(RuleBroken):
    status = 403
    message = "این شماره از کانون نیست. با شمارهٔ یکی از کارکنان کانون دوباره امتحان کنید."


def association_member(mobile: str) -> Person:
    """The member with that mobile, typed in any way. Raises NotAMobile, NotOfTheAssociation."""
    members = Person.objects.filter(association_member__isnull=False)
    member = members.filter(mobile=mobile_number(mobile)).first()
    if member is None:
        raise NotOfTheAssociation
    return member
