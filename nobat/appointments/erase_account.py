"""A citizen leaves: coming turns are given back, and a pseudonym takes the place of the person.

What happened stays under the pseudonym: past turns, weeks without booking, the journal. A week
without booking is not escaped by leaving: until it is over the identity number is held.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status, Suspension
from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import AssociationMember, Membership, Operator
from nobat.people.erase import erase_person, release_identity, tell_of_erasure
from nobat.people.models import ErasedAccount, Person
from nobat.shared.jalali import start_of_day, tehran_day
from nobat.shared.rules import RuleBroken


class StillWorksHere(RuleBroken):
    message = (
        "تا در دفتری، کانون یا کارگاه سامانه نقشی دارید، حساب‌تان حذف نمی‌شود. اول بخواهید آن نقش "
        "برداشته شود."
    )
    status = 409


def erase_account(*, person: Person) -> None:
    """All or nothing, and for good; the second time nothing is left to do.

    Turns to come are deleted in the ordinary way, SMS and all; one last SMS says that the
    account is. Raises StillWorksHere.
    """
    now = timezone.now()
    with transaction.atomic():
        person = person.lock()
        if person.erased_at:
            return
        if _works_here(person):
            raise StillWorksHere
        for appointment in turns_to_come(person, now):
            cancel_appointment(appointment=appointment, by=person)
        tell_of_erasure(person)
        # After whatever was queued for this number: it is what forgets it there.
        left_at = timezone.now()
        held_until = identity_held_until(person, now)
        erase_person(person=person, at=left_at, identity_held_until=held_until)
        record(Act.ACCOUNT_ERASED, person, by=person, at=left_at)


def turns_to_come(person: Person, now: datetime) -> QuerySet[Appointment]:
    """What leaving deletes: every turn whose hour has not come, or has been taken by a closure."""
    to_come = Q(status=Status.BOOKED, starts_at__gt=now) | Q(status=Status.DISPLACED)
    return Appointment.objects.of(person).filter(to_come).order_by("starts_at")


def identity_held_until(person: Person, now: datetime) -> datetime | None:
    """The end of a week without booking; or of today, while a turn of which nobody knows yet
    whether its citizen came may still bring one. None: nobody is kept from signing up."""
    unknown = Q(status=Status.BOOKED, starts_at__lte=now) | Q(
        status=Status.CHECKED_IN, day=tehran_day(now)
    )
    ends = list(Suspension.objects.of(person).running(now).values_list("until", flat=True))
    if Appointment.objects.of(person).filter(unknown).exists():
        ends.append(start_of_day(tehran_day(now) + timedelta(days=1)))
    return max(ends, default=None)


def release_identities() -> int:
    """Background job: whoever has left may sign up again once nothing speaks against it any
    more; returns how many may."""
    now, released = timezone.now(), 0
    held = ErasedAccount.objects.filter(identity_held_until__isnull=False)
    for account in held.select_related("person"):
        until = identity_held_until(account.person, now)
        if until is None:
            release_identity(account)
            released += 1
        elif until != account.identity_held_until:
            ErasedAccount.objects.filter(pk=account.pk).update(identity_held_until=until)
    return released


def _works_here(person: Person) -> bool:
    return any(
        role.objects.filter(person=person).exists()
        for role in (Membership, AssociationMember, Operator)
    )
