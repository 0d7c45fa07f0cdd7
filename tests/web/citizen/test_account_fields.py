import pytest
from django.core.exceptions import ValidationError

from nobat.web.citizen.account_fields import MobileField, NameField, PasswordField, SmsCodeField

NAME = NameField(label="نام", autocomplete="given-name", missing="نام را بنویسید.")


def sentence(field, typed):
    with pytest.raises(ValidationError) as refusal:
        field.clean(typed)
    return refusal.value.messages[0]


def test_a_mobile_comes_out_in_one_form():
    assert MobileField().clean("۰۹۱۷ ۳۴۵ ۶۷۸۹") == "+989173456789"


def test_a_name_comes_out_as_it_is_kept():
    assert NAME.clean("  علي‌رضا ") == "علی‌رضا"


def test_a_code_comes_out_in_latin_digits():
    assert SmsCodeField().clean(" ۰۱۲ ۳۴۵") == "012345"


def test_a_password_comes_out_as_it_was_typed():
    field = PasswordField(autocomplete="current-password")

    assert field.clean(" سرو ۴۱ ") == " سرو ۴۱ "


@pytest.mark.parametrize("field", [MobileField(), NAME, SmsCodeField()])
@pytest.mark.parametrize("typed", ["", "   ", "x" * 5000, "a\x00b", "<script>", "۱" * 30])
def test_nonsense_is_refused_in_persian(field, typed):
    assert any("آ" <= letter <= "ی" for letter in sentence(field, typed))


@pytest.mark.parametrize(
    ("field", "keyboard"), [(MobileField(), "tel"), (SmsCodeField(), "numeric")]
)
def test_phones_open_the_keyboard_with_digits(field, keyboard):
    assert field.widget.attrs["inputmode"] == keyboard


def test_phones_offer_the_code_of_the_sms():
    assert SmsCodeField().widget.attrs["autocomplete"] == "one-time-code"
