from datetime import timedelta

import pytest
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.people import throttle
from nobat.people.models import IdentityKind, Person
from nobat.people.passwords import is_right_password
from nobat.people.sign_up import (
    IdentityInUse,
    MobileInUse,
    NotAPerson,
    make_account,
    name_problem,
)
from nobat.people.throttle import TooOften
from nobat.shared.sealed import unseal
from nobat.sms.models import Kind, OutgoingSms
from tests.at_once import at_once
from tests.build import PASSWORD, national_code_for

MOBILE = "+989173456789"
CODE = "0012345679"


def make(**typed) -> Person:
    return make_account(
        **{
            "mobile": MOBILE,
            "nationality": "IR",
            "first_name": "نرگس",
            "last_name": "احمدی‌پور",
            "identity_kind": IdentityKind.NATIONAL,
            "identity_number": CODE,
            "password": PASSWORD,
        }
        | typed
    )


@pytest.mark.django_db
def test_an_account_is_made_with_its_journal_entry_and_its_sms():
    person = make()

    assert person.full_name == "نرگس احمدی‌پور"
    assert is_right_password(person, PASSWORD)
    assert JournalEntry.objects.get().act == Act.ACCOUNT_MADE
    sms = OutgoingSms.objects.get()
    assert (sms.kind, sms.to) == (Kind.ACCOUNT_MADE, MOBILE)
    assert sms.not_after == timezone.now() + timedelta(minutes=30)


@pytest.mark.django_db
def test_the_sms_names_the_mobile_as_people_dial_it():
    make()

    assert OutgoingSms.objects.get().params["username"] == "09173456789"


@pytest.mark.django_db
def test_number_and_password_are_nowhere_in_clear():
    person = make()

    rows = [
        *Person.objects.values(),
        *OutgoingSms.objects.values(),
        *JournalEntry.objects.values(),
    ]
    for row in rows:
        assert CODE not in repr(row)
        assert PASSWORD not in repr(row)
        assert CODE.encode() not in bytes(row.get("identity_sealed", b""))
    assert unseal(person.identity_sealed, "people.Person.identity") == CODE
    assert person.identity_tail == "679"


@pytest.mark.django_db
def test_a_number_typed_in_another_way_is_the_same_number():
    make()

    with pytest.raises(IdentityInUse):
        make(mobile="+989121111111", identity_number="۰۰۱-۲۳۴۵۶۷-۹")


@pytest.mark.django_db
def test_a_refused_account_leaves_nothing():
    make()
    with pytest.raises(IdentityInUse):
        make(mobile="+989121111111")

    assert OutgoingSms.objects.count() == JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_one_mobile_has_one_account():
    make()

    with pytest.raises(MobileInUse):
        make(identity_number=national_code_for("123456780"))


@pytest.mark.django_db
def test_the_same_digits_of_another_kind_are_another_identity():
    digits = "123456789012"
    make(nationality="AF", identity_kind=IdentityKind.FOREIGN_UNIQUE, identity_number=digits)

    make(
        mobile="+989121111111",
        nationality="AF",
        identity_kind=IdentityKind.FOREIGN_DOCUMENT,
        identity_number=digits,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"nationality": "ZZ"},
        {"nationality": "AF"},
        {"nationality": "IR", "identity_kind": "foreign_document", "identity_number": "P123456"},
        {"identity_kind": "driver"},
        {"identity_number": "0012345678"},
        {"first_name": " "},
        {"last_name": "12"},
        {"password": "1234"},
        {"password": CODE},
        {"password": "09173456789"},
    ],
)
def test_what_cannot_be_a_person_is_refused(typed):
    with pytest.raises(NotAPerson):
        make(**typed)

    assert not Person.objects.exists()


@pytest.mark.django_db
def test_a_proven_mobile_cannot_ask_forever_whose_numbers_have_accounts(sara):
    number = national_code_for(sara.mobile)
    for _ in range(9):
        throttle.count(throttle.IDENTITIES_PER_DAY, MOBILE, timezone.now())
    with pytest.raises(IdentityInUse):
        make(identity_number=number)

    with pytest.raises(TooOften):
        make(identity_number=number)


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_of_one_identity_at_once_make_one_account():
    answers = at_once([lambda n=n: make(mobile=f"+98912111111{n}").pk for n in range(6)])

    assert answers.count("IdentityInUse") == 5
    assert Person.objects.count() == OutgoingSms.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["نرگس", "احمدی‌پور", "علی رضا", "مُحَمَّد", "O'Neill", "Jean-Luc", "Đỗ", "ا. ب"]
)
def test_a_name_is_letters_of_any_script(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    "name", ["", "  ", "\u200c", "12", "نرگس۲", "نرگس٢", "<b>", "a" * 61, "😀", "=1+1"]
)
def test_what_is_no_name_is_refused_in_words(name):
    assert name_problem(name)
