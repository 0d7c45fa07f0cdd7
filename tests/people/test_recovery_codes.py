import pytest

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.models import RecoveryCode
from nobat.people.recovery_codes import (
    left_of,
    renew_recovery_codes,
    replace_recovery_codes,
    use_up,
)

pytestmark = pytest.mark.django_db


def test_there_are_ten_codes_of_ten_digits(maryam):
    codes = renew_recovery_codes(person=maryam)

    assert len(set(codes)) == 10
    assert all(len(code) == 10 and code.isdigit() for code in codes)


def test_the_database_does_not_hold_them(maryam):
    codes = renew_recovery_codes(person=maryam)

    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept for code in codes)


def test_each_is_good_for_one_time(maryam):
    code = renew_recovery_codes(person=maryam)[0]

    assert use_up(person=maryam, digits=code)
    assert not use_up(person=maryam, digits=code)
    assert left_of(maryam) == 9


def test_the_journal_says_that_one_was_used_and_how_many_are_left(maryam):
    use_up(person=maryam, digits=renew_recovery_codes(person=maryam)[0])

    entry = JournalEntry.objects.get()
    assert (entry.act, entry.details) == (Act.RECOVERY_CODE_USED, {"left": 9})


def test_anothers_code_and_an_invented_one_are_none(maryam, bahram):
    code = renew_recovery_codes(person=maryam)[0]

    assert not use_up(person=bahram, digits=code)
    assert not use_up(person=None, digits=code)
    assert not use_up(person=maryam, digits="0000000000")
    assert left_of(maryam) == 10


def test_fresh_codes_end_those_before(maryam):
    old = renew_recovery_codes(person=maryam)[0]
    renew_recovery_codes(person=maryam)

    assert not use_up(person=maryam, digits=old)
    assert left_of(maryam) == 10


def test_their_owner_has_them_replaced_and_the_journal_knows(maryam):
    [old, *_] = renew_recovery_codes(person=maryam)
    fresh = replace_recovery_codes(person=maryam)

    assert not use_up(person=maryam, digits=old)
    assert use_up(person=maryam, digits=fresh[0])
    entry = JournalEntry.objects.filter(act=Act.RECOVERY_CODES_RENEWED).get()
    assert entry.subject == entry.by == f"people.Person:{maryam.pk}"
    assert entry.details == {}
