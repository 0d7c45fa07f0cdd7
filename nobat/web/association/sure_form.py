"""The lower half of a page that shows what follows: what it showed, and the code again."""

from django import forms

from nobat.web.association.code_again import CodeAgainForm

_MISTAKE = 422


class SureForm(CodeAgainForm):
    seen = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    @property
    def what_was_seen(self) -> str:
        """Also before anything is checked: what is old is shown anew without using up a code."""
        return str(self.data.get("seen", ""))

    @property
    def status(self) -> int:
        """For the page that is shown again."""
        refusal = getattr(self, "refusal", None)
        if refusal:
            return int(refusal.status)
        return _MISTAKE if self.is_bound and self.errors else 200
