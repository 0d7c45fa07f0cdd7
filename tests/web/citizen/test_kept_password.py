from datetime import timedelta

import pytest

from nobat.web.citizen.kept_password import NewPasswordForm
from tests.build import PASSWORD

SARA, REZA = "+989120000001", "+989120000002"


def form(mobile=SARA, **typed):
    return NewPasswordForm({"password": "", "kept_password": ""} | typed, mobile=mobile)


def kept(password=PASSWORD):
    return form(password=password).keep_password()


def test_a_good_password_is_kept_and_never_in_clear():
    sealed = kept()

    assert sealed
    assert PASSWORD not in sealed


@pytest.mark.parametrize("password", ["", "short", "12345678", "09120000001"])
def test_a_bad_password_is_not_kept(password):
    assert kept(password) == ""


def test_a_kept_password_need_not_be_typed_again():
    again = form(kept_password=kept())

    assert again.is_valid()
    assert again.cleaned_data["password"] == PASSWORD


def test_a_password_typed_anew_counts_and_not_the_kept_one():
    again = form(password="Kaj-Derakht-52", kept_password=kept())

    assert again.is_valid()
    assert again.cleaned_data["password"] == "Kaj-Derakht-52"


def test_a_kept_password_is_for_one_mobile():
    assert not form(mobile=REZA, kept_password=kept()).is_valid()


def test_a_kept_password_is_kept_for_a_quarter_of_an_hour(clock):
    sealed = kept()
    clock.shift(timedelta(minutes=15))

    assert not form(kept_password=sealed).is_valid()


@pytest.mark.parametrize("sealed", ["x", "!!!!", "AAAA", "۱۲۳۴"])
def test_what_we_did_not_seal_is_nothing(sealed):
    assert not form(kept_password=sealed).is_valid()
