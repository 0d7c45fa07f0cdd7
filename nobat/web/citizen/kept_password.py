"""A new password that need not be typed twice because an SMS code was wrong.

Browsers do not fill passwords in again. The page that comes back carries it sealed, for a
quarter of an hour, and only this site can open it, and only for the same mobile: nothing
of it is kept on the server, and the SMS code is still needed.
"""

import base64
import binascii
import json
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from nobat.people.passwords import password_problem
from nobat.shared.sealed import CannotUnseal, seal, unseal
from nobat.web.citizen.account_fields import NewPasswordField

KEPT_FOR = timedelta(minutes=15)


class NewPasswordForm(forms.Form):
    """A form in which somebody chooses a password, typed now or a moment before."""

    password = NewPasswordField(required=False)
    kept_password = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mobile: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mobile = mobile
        self.fields["password"].widget.attrs["required"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["password"] = cleaned.get("password") or self._kept_before()
        problem = self._problem(cleaned["password"])
        if problem and "password" not in self.errors:
            self.add_error("password", problem)
        return cleaned

    def keep_password(self) -> str:
        """What the next page carries; its field says so. Empty: type it again."""
        typed = self._source().get("password") or self._kept_before()
        if not typed or self._problem(typed):
            return ""
        self.fields["password"].widget.attrs.pop("required", None)
        self[
            "password"
        ].help_text = "رمزی که نوشتید نگه داشته شد. فقط اگر عوضش می‌کنید، دوباره بنویسید."
        return _sealed(typed, self.mobile)

    def own_numbers(self) -> tuple[str, ...]:
        """What a password must not be, because it is the first guess of a stranger."""
        return (self.mobile,)

    def _problem(self, password: str) -> str | None:
        if not password:
            return "رمز عبور را بنویسید."
        return password_problem(password, numbers=self.own_numbers())

    def _kept_before(self) -> str:
        return _opened(self._source().get("kept_password", ""), self.mobile)

    def _source(self) -> Any:
        return self.data if self.is_bound else self.initial


def _sealed(password: str, mobile: str) -> str:
    until = (timezone.now() + KEPT_FOR).timestamp()
    blob = seal(json.dumps([password, until]), _context(mobile))
    return base64.urlsafe_b64encode(blob).decode()


def _opened(text: str, mobile: str) -> str:
    try:
        blob = base64.urlsafe_b64decode(text)
        password, until = json.loads(unseal(blob, _context(mobile)))
    except (CannotUnseal, binascii.Error, ValueError):
        return ""
    return password if timezone.now().timestamp() < until else ""


def _context(mobile: str) -> str:
    return f"nobat.web.kept_password:{mobile}"
