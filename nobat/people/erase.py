"""Somebody leaves: a pseudonym takes the place of all that says who it was.

The law wants the identity of a user kept for half a year after the end (article 668 of the
criminal procedure); so long it lies sealed, where no page and no job reads it, and then goes.
"""

import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import name_of, record
from nobat.people.models import (
    ErasedAccount,
    Person,
    RecoveryCode,
    SecondFactor,
    Session,
    SmsCode,
)
from nobat.people.sign_up import IDENTITY
from nobat.shared.erased import NAME, pseudonym
from nobat.shared.sealed import seal, unseal
from nobat.sms.models import Kind
from nobat.sms.outbox import queue_sms
from nobat.sms.put_pseudonyms import Left, put_pseudonyms

STILL_WORTH_TELLING = timedelta(days=1)


def erase_person(*, person: Person, at: datetime, identity_held_until: datetime | None) -> None:
    """Within the transaction, and the lock of the person, in which the rest is settled.

    While the identity is held nobody can sign up with it; the mobile is free at once.
    """
    ErasedAccount.objects.create(
        person=person, sealed=_sealed(person), erased_at=at, identity_held_until=identity_held_until
    )
    SmsCode.objects.filter(mobile=person.mobile).delete()
    for rows in (Session, SecondFactor, RecoveryCode):
        rows.objects.filter(person=person).delete()
    person.mobile = pseudonym(person.pk)
    person.first_name, person.last_name = NAME
    person.nationality = person.identity_tail = ""
    person.identity_sealed = b""
    if identity_held_until is None:
        person.identity_digest = pseudonym(person.pk)
    person.set_unusable_password()
    person.turns_paused_until, person.erased_at = None, at
    person.save()


def tell_of_erasure(person: Person) -> None:
    """One last SMS, while we still know the number; sent, it keeps it no longer than the rest."""
    queue_sms(
        kind=Kind.ACCOUNT_ERASED,
        to=person.mobile,
        about=name_of(person),
        occasion=f"account_erased:{person.pk}",
        params={},
        not_after=timezone.now() + STILL_WORTH_TELLING,
    )


def release_identity(account: ErasedAccount) -> None:
    """From now on somebody can sign up with it again."""
    free = {"identity_digest": pseudonym(account.person_id)}
    with transaction.atomic():
        Person.objects.filter(pk=account.person_id).update(**free)
        ErasedAccount.objects.filter(pk=account.pk).update(identity_held_until=None)


def forget_erased_accounts() -> int:
    """Background job: what lay sealed goes when its time is over; returns of how many."""
    now = timezone.now()
    over = ErasedAccount.objects.filter(
        erased_at__lte=now - settings.KEPT.erased_accounts, sealed__isnull=False
    )
    gone = 0
    for account in over.select_related("person"):
        with transaction.atomic():
            gone += over.filter(pk=account.pk).update(sealed=None, is_in_ledger=False)
            record(Act.ACCOUNT_FORGOTTEN, account.person, by=None, at=now)
    return gone


def forget_numbers_of_erased() -> int:
    """Background job: in what was sent to those who left, a pseudonym takes the place of the
    number; returns in how many messages. What is still on its way keeps it until it is there."""
    accounts = ErasedAccount.objects.filter(is_in_ledger=True, sealed__isnull=False)
    leavers = {_mobile(account): account for account in accounts}
    found = put_pseudonyms(
        [
            Left(mobile, pseudonym(account.person_id), account.erased_at)
            for mobile, account in leavers.items()
        ]
    )
    done = [account.pk for mobile, account in leavers.items() if mobile not in found.on_their_way]
    ErasedAccount.objects.filter(pk__in=done).update(is_in_ledger=False)
    return found.changed


def _sealed(person: Person) -> bytes:
    who = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "nationality": person.nationality,
        "mobile": person.mobile,
        "identity_kind": person.identity_kind,
        "identity": unseal(person.identity_sealed, IDENTITY),
    }
    return seal(json.dumps(who), seal_of_account(person.pk))


def _mobile(account: ErasedAccount) -> str:
    opened = json.loads(unseal(account.sealed or b"", seal_of_account(account.person_id)))
    return str(opened["mobile"])


def seal_of_account(person_id: int) -> str:
    """For what it is sealed who has left."""
    return f"people.ErasedAccount:{person_id}"
