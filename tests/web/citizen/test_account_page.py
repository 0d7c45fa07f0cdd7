import pytest
from django import forms
from django.utils import timezone

from nobat.people.codes import WrongCode
from nobat.people.throttle import CODES_PER_HOUR, TooOften
from nobat.web.citizen.account_page import refuse


class Form(forms.Form):
    sms_code = forms.CharField()


@pytest.fixture
def form():
    form = Form({"sms_code": "123456"})
    assert form.is_valid()
    return form


def test_a_refused_code_is_said_beside_its_field(form):
    refuse(form, WrongCode())

    assert form.errors.keys() == {"sms_code"}


def test_any_other_refusal_is_said_above_the_form(form):
    now = timezone.now()
    refuse(form, TooOften(CODES_PER_HOUR, now, now))

    assert form.non_field_errors()
