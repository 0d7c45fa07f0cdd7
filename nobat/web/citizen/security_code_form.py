"""«کد امنیتی» in a form: a picture or a question, with what was typed kept beside it."""

from functools import cached_property
from typing import Any

from django import forms

from nobat.people.security_code import (
    Challenge,
    is_right_answer,
    picture_challenge,
    question_challenge,
    same_challenge,
)

KIND = "captcha_kind"  # the buttons «کد جدید» and «پرسش نوشتاری»
WRONG = "کد امنیتی درست نبود. کد تازه را بنویسید."
MISSING = "کد امنیتی را بنویسید."


def new_challenge(kind: str | None) -> Challenge:
    return question_challenge() if kind == "words" else picture_challenge()


class SecurityCodeForm(forms.Form):
    """A form that asks for the security code, last of all.

    Its answer is looked at only when nothing else is wrong: a challenge is good for one
    answer, and nobody should have to read a second picture because of a mistyped mobile.
    """

    captcha_0 = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    captcha_1 = forms.CharField(
        label="کد امنیتی",
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "ltr code-input",
                "autocomplete": "off",
                "autocapitalize": "off",
                "spellcheck": "false",
                "required": True,
            }
        ),
    )
    # False: it is not asked for this time, and the request is not known to be a human's.
    asks_security_code = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.asks_security_code:
            self._look_at_the_answer(cleaned)
        return cleaned

    def _look_at_the_answer(self, cleaned: dict[str, Any]) -> None:
        typed = cleaned.get("captcha_1", "")
        if not typed:
            self.add_error("captcha_1", MISSING)
        elif not self.errors and not is_right_answer(cleaned.get("captcha_0", ""), typed):
            self.add_error("captcha_1", WRONG)

    @cached_property
    def challenge(self) -> Challenge:
        """What the page asks: the same as before as long as it is unanswered."""
        key = self.data.get("captcha_0", "") if self.is_bound else ""
        return (key and same_challenge(key)) or new_challenge(self._kind())

    @property
    def typed_answer(self) -> str:
        """Kept only beside the challenge that it answers."""
        if not self.is_bound or self.challenge.key != self.data.get("captcha_0"):
            return ""
        return self.data.get("captcha_1", "")

    def _kind(self) -> str:
        if self.is_bound:
            return self.data.get("captcha_as", "")
        return self.initial.get(KIND, "")
