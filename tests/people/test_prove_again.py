import pytest

from nobat.people.codes import CodeExpired, WrongCode
from nobat.people.prove_again import prove_by_code, prove_by_password, send_proof_code
from nobat.people.reset_password import WrongOldPassword
from nobat.people.sign_in import sign_in_by_code
from nobat.people.throttle import TooOften
from tests.build import PASSWORD

pytestmark = pytest.mark.django_db
HERE = "192.0.2.1"


def test_the_own_password_proves_it(sara):
    prove_by_password(person=sara, password=PASSWORD)
    with pytest.raises(WrongOldPassword):
        prove_by_password(person=sara, password="Sarv-Naz-42")


def test_passwords_are_tried_ten_times_an_hour(sara):
    for _ in range(10):
        with pytest.raises(WrongOldPassword):
            prove_by_password(person=sara, password="Sarv-Naz-42")
    with pytest.raises(TooOften):
        prove_by_password(person=sara, password=PASSWORD)


def test_a_code_to_the_own_mobile_proves_it_once(sara, sms_code):
    send_proof_code(person=sara, address=HERE)
    prove_by_code(person=sara, digits=sms_code)
    with pytest.raises(CodeExpired):
        prove_by_code(person=sara, digits=sms_code)


def test_anothers_code_proves_nothing_and_this_one_opens_nothing_else(sara, reza, sms_code):
    send_proof_code(person=sara, address=HERE)
    with pytest.raises(CodeExpired):
        prove_by_code(person=reza, digits=sms_code)
    with pytest.raises(CodeExpired):
        sign_in_by_code(mobile=sara.mobile, digits=sms_code)
    with pytest.raises(WrongCode):
        prove_by_code(person=sara, digits="999999")
