from datetime import timedelta

import pytest
from django.conf import settings as real_settings
from django.db import connection
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people.codes import send_code
from nobat.people.erase import erase_person, forget_erased_accounts, forget_numbers_of_erased
from nobat.people.models import (
    ErasedAccount,
    Person,
    Purpose,
    RecoveryCode,
    SecondFactor,
    Session,
    SmsCode,
)
from nobat.people.passwords import is_right_password
from nobat.shared.sealed import unseal
from nobat.sms.models import OutgoingSms, State
from tests.build import PASSWORD, confirm_second_factor, make_person, national_code_for
from tests.people.test_sessions import begin_session

pytestmark = pytest.mark.django_db
MOBILE = "+989120000001"
NUMBER = national_code_for(MOBILE)


def erase(person, until=None):
    erase_person(person=person, at=timezone.now(), identity_held_until=until)


def everything_in(rows) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM {} t".format(rows._meta.db_table))  # noqa: S608, UP032
        return "\n".join(row for (row,) in cursor.fetchall())


def test_a_pseudonym_takes_the_place_of_all_that_says_who_it_was(sara):
    digest = sara.identity_digest
    erase(sara)

    left = everything_in(Person) + everything_in(ErasedAccount)
    for said in (MOBILE, "سارا", "محمدی", NUMBER, digest):
        assert said not in left
    sara = Person.objects.get(pk=sara.pk)
    assert (sara.full_name, sara.identity_tail) == ("حساب حذف‌شده", "")
    assert not is_right_password(sara, PASSWORD)


def test_all_ways_in_are_gone(sara):
    begin_session(sara)
    confirm_second_factor(sara)
    send_code(mobile=MOBILE, purpose=Purpose.SIGN_IN, address="192.0.2.1")
    erase(sara)

    for rows in (Session, SecondFactor, RecoveryCode, SmsCode):
        assert not rows.objects.exists()


def test_while_the_identity_is_held_only_its_digest_stays(sara):
    digest = sara.identity_digest
    erase(sara, until=timezone.now() + timedelta(days=7))

    sara = Person.objects.get(pk=sara.pk)
    assert sara.identity_digest == digest
    assert (sara.identity_tail, bytes(sara.identity_sealed)) == ("", b"")


def test_what_the_law_wants_kept_lies_sealed_for_six_months(sara, clock):
    erase(sara)
    context = f"people.ErasedAccount:{sara.pk}"
    kept = unseal(ErasedAccount.objects.get().sealed, context)
    assert MOBILE in kept
    assert NUMBER in kept

    clock.shift(timedelta(days=182))
    assert forget_erased_accounts() == 0
    clock.shift(timedelta(days=1))
    assert forget_erased_accounts() == 1
    assert forget_erased_accounts() == 0
    assert ErasedAccount.objects.get().sealed is None
    entry = JournalEntry.objects.get(act=Act.ACCOUNT_FORGOTTEN)
    assert (entry.subject, entry.by) == (f"people.Person:{sara.pk}", "")


def test_it_may_be_kept_for_longer(sara, settings, clock):
    kept_for = timedelta(days=365)
    settings.KEPT = real_settings.KEPT._replace(erased_accounts=kept_for)
    erase(sara)
    clock.shift(timedelta(days=364))
    assert forget_erased_accounts() == 0
    clock.shift(timedelta(days=1))
    assert forget_erased_accounts() == 1


def sent(mobile=MOBILE, state=State.SENT):
    send_code(mobile=mobile, purpose=Purpose.SIGN_IN, address="192.0.2.1")
    newest = OutgoingSms.objects.order_by("-pk").first()
    OutgoingSms.objects.filter(pk=newest.pk).update(state=state, secret=None)
    return newest


def test_the_night_takes_the_number_out_of_the_ledger(sara):
    sms = sent()
    erase(sara)

    assert forget_numbers_of_erased() == 1
    sms.refresh_from_db()
    assert sms.to == f"erased:{sara.pk}"
    assert not ErasedAccount.objects.get().is_in_ledger
    assert forget_numbers_of_erased() == 0


def test_what_is_on_its_way_arrives_first(sara):
    sms = sent(state=State.WAITING)
    erase(sara)

    assert forget_numbers_of_erased() == 0
    assert ErasedAccount.objects.get().is_in_ledger
    OutgoingSms.objects.update(state=State.SENT)
    assert forget_numbers_of_erased() == 1
    sms.refresh_from_db()
    assert sms.to != MOBILE


def test_whoever_has_the_number_next_keeps_it(sara, clock):
    sent()
    erase(sara)
    clock.shift(timedelta(minutes=2))
    make_person("شیرین", "نوری", mobile=MOBILE, national_code="0499370899")
    later = sent()

    assert forget_numbers_of_erased() == 1
    later.refresh_from_db()
    assert later.to == MOBILE
