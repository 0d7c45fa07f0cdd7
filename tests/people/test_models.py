import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from nobat.people.models import IdentityKind, Person
from tests.build import make_person, national_code_for


@pytest.mark.django_db
def test_one_mobile_belongs_to_one_person(sara):
    with pytest.raises(IntegrityError, match="mobile"):
        make_person(mobile=sara.mobile, national_code=national_code_for("123456780"))


@pytest.mark.django_db
def test_one_identity_belongs_to_one_person(sara):
    with pytest.raises(IntegrityError, match="one_person_per_identity"):
        make_person(mobile="+989129999999", national_code=national_code_for(sara.mobile))


@pytest.mark.django_db
def test_only_known_kinds_of_identity_are_kept(sara):
    with pytest.raises(IntegrityError, match="identity_kind_is_known"):
        Person.objects.filter(pk=sara.pk).update(identity_kind="driver")


def test_a_person_in_a_log_has_neither_name_nor_number():
    person = Person(pk=7, mobile="+989120000001", first_name="سارا", last_name="محمدی")

    assert str(person) == "person 7"
    assert person.full_name == "سارا محمدی"


def test_every_kind_of_identity_has_a_name():
    assert all(kind.label for kind in IdentityKind)


@pytest.mark.django_db(transaction=True)
def test_while_a_person_is_locked_another_act_of_theirs_waits(sara):
    order = []

    def second_act():
        with transaction.atomic():
            sara.lock()
            order.append("second")
        connection.close()

    other = threading.Thread(target=second_act)
    with transaction.atomic():
        sara.lock()
        other.start()
        other.join(timedelta(milliseconds=200).total_seconds())
        order.append("first")
    other.join()

    assert order == ["first", "second"]
