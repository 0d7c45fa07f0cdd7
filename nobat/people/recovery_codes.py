"""Ten codes on paper for the day on which the phone is lost: each lets its owner in once."""

import secrets

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.people.models import Person, RecoveryCode
from nobat.shared.sealed import digest

CODES = 10
# Digits alone, so that no keyboard layout is in the way; in two groups on paper.
DIGITS = 10
GROUP = 5


def renew_recovery_codes(*, person: Person) -> list[str]:
    """Ten fresh codes, told this once; those of before are worth nothing any more."""
    codes: set[str] = set()
    while len(codes) < CODES:
        codes.add(f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, digest=_digest(person.pk, code)) for code in codes
        )
    return list(codes)


def replace_recovery_codes(*, person: Person) -> list[str]:
    """Their owner wants ten fresh codes on paper, as at the set-up. All or nothing."""
    with transaction.atomic():
        codes = renew_recovery_codes(person=person)
        record(Act.RECOVERY_CODES_RENEWED, person, by=person, at=timezone.now())
    return codes


def use_up(*, person: Person | None, digits: str) -> bool:
    """Whether this was one of the person's codes, not used before: one statement, so that
    two who type it in the same moment do not both come in. Nobody has codes."""
    now = timezone.now()
    person_id = person.pk if person else 0
    with transaction.atomic():
        this_code = RecoveryCode.objects.filter(
            person=person_id, digest=_digest(person_id, digits), used_at=None
        )
        if not this_code.update(used_at=now) or person is None:
            return False
        record(Act.RECOVERY_CODE_USED, person, by=person, at=now, left=left_of(person))
    return True


def left_of(person: Person) -> int:
    """How many codes of this person are still good."""
    return RecoveryCode.objects.filter(person=person, used_at=None).count()


def _digest(person_id: int, digits: str) -> str:
    return digest(f"{person_id}\0{digits}", "people.RecoveryCode")
