"""What people type about themselves, with the sentence for each way of getting it wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from nobat.people.codes import DIGITS
from nobat.people.mobile import NotAMobile, mobile_number
from nobat.people.passwords import LONGEST, SHORTEST
from nobat.people.sign_up import name_problem
from nobat.shared.persian import clean, fa_digits, without_separators


class TypedField(forms.CharField):
    """One line of text. `missing` is what an empty one is answered with."""

    def __init__(self, *, missing: str, css: str = "", **fields: Any) -> None:
        attrs = fields.pop("attrs", {}) | ({"class": css} if css else {})
        super().__init__(
            widget=fields.pop("widget", forms.TextInput)(attrs=attrs),
            error_messages={
                "required": missing,
                "max_length": "این نوشته بیش از اندازه بلند است.",
                "null_characters_not_allowed": "نویسه‌ای هست که دیده نمی‌شود. دوباره بنویسید.",
            },
            **fields,
        )


class MobileField(TypedField):
    def __init__(
        self, *, autocomplete: str = "username", css: str = "ltr short", **fields: Any
    ) -> None:
        super().__init__(
            label="شمارهٔ موبایل",
            missing="شمارهٔ موبایل را بنویسید.",
            css=css,
            max_length=40,
            attrs={"inputmode": "tel", "autocomplete": autocomplete, "dir": "ltr"},
            **fields,
        )

    def clean(self, value: str) -> str:
        try:
            return mobile_number(super().clean(value))
        except NotAMobile as refusal:
            raise ValidationError(refusal.message) from None


class NameField(TypedField):
    def __init__(self, *, autocomplete: str, **fields: Any) -> None:
        super().__init__(max_length=120, attrs={"autocomplete": autocomplete}, **fields)

    def clean(self, value: str) -> str:
        name = clean(super().clean(value))
        problem = name_problem(name)
        if problem:
            raise ValidationError(problem)
        return name


class PasswordField(TypedField):
    def __init__(self, *, autocomplete: str, css: str = "ltr short", **fields: Any) -> None:
        super().__init__(
            **{"label": "رمز عبور", "missing": "رمز عبور را بنویسید."} | fields,
            css=css,
            strip=False,
            max_length=LONGEST * 2,
            widget=forms.PasswordInput,
            attrs={"autocomplete": autocomplete, "dir": "ltr"},
        )


class NewPasswordField(PasswordField):
    def __init__(self, **fields: Any) -> None:
        super().__init__(
            autocomplete="new-password",
            help_text=f"دست‌کم {fa_digits(SHORTEST)} حرف یا عدد. رمزی که جای دیگری "
            "استفاده نکرده‌اید.",
            **fields,
        )


class SmsCodeField(TypedField):
    def __init__(self, **fields: Any) -> None:
        super().__init__(
            label="کد تایید پیامک‌شده",
            missing="کدی را که پیامک شد بنویسید.",
            css="ltr code-input",
            max_length=40,
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "dir": "ltr",
            },
            **fields,
        )

    def clean(self, value: str) -> str:
        digits = without_separators(super().clean(value))
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
            raise ValidationError(f"کد پیامک {fa_digits(DIGITS)} رقم است. آن را کامل بنویسید.")
        return digits
