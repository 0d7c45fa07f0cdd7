"""The code of the app is asked for again before what reaches far: closing, rules, importing."""

from django import forms

from nobat.people.second_factor import show_code_again
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest
from nobat.web.office.code_fields import AppCodeField


class CodeAgainForm(forms.Form):
    """To inherit from; shown by association/_code_again.html."""

    code = AppCodeField(label="کد شش‌رقمی برنامه")

    def is_shown_by(self, request: AssociationRequest) -> bool:
        """Whether all is right and the code was, too; it is used up by this. Ask it last:
        otherwise the error stands beside the field, with the status in `refusal`.
        """
        if not self.is_valid():
            return False
        try:
            show_code_again(person=request.user, digits=self.cleaned_data["code"])
        except RuleBroken as refusal:
            self.add_error("code", refusal.message)
            self.refusal = refusal
            return False
        return True
