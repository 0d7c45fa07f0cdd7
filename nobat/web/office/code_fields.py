"""Codes that staff type: what the app shows, and what stands on paper."""

from django import forms

from nobat.people import recovery_codes, second_factor
from nobat.shared.persian import fa_digits, without_separators
from nobat.web.citizen.account_fields import TypedField


class _DigitsField(TypedField):
    """So many digits, of any of the three kinds, with whatever people put between them."""

    def __init__(self, *, digits: int, wrong: str, autocomplete: str, **fields: object) -> None:
        self.digits = digits
        self.wrong = wrong
        super().__init__(
            css="ltr code-input",
            max_length=40,
            attrs={"inputmode": "numeric", "autocomplete": autocomplete, "dir": "ltr"},
            **fields,  # type: ignore[arg-type]
        )

    def clean(self, value: str) -> str:
        digits = without_separators(super().clean(value))
        if len(digits) != self.digits or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(self.wrong)
        return digits


class AppCodeField(_DigitsField):
    def __init__(self, *, label: str) -> None:
        count = fa_digits(second_factor.DIGITS)
        super().__init__(
            label=label,
            digits=second_factor.DIGITS,
            missing="کدی را که برنامه نشان می‌دهد بنویسید.",
            wrong=f"کد برنامه {count} رقم است. آن را کامل بنویسید.",
            autocomplete="one-time-code",
        )


class RecoveryCodeField(_DigitsField):
    def __init__(self) -> None:
        count = fa_digits(recovery_codes.DIGITS)
        super().__init__(
            label="کد بازیابی",
            digits=recovery_codes.DIGITS,
            missing="یکی از کدهای برگهٔ بازیابی را بنویسید.",
            wrong=f"کد بازیابی {count} رقم است. آن را کامل از روی برگه بنویسید.",
            autocomplete="off",
        )
