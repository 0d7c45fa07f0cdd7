"""What a manager types to close a day, or some hours of it."""

from datetime import date
from typing import Any

from django import forms

from nobat.offices.models import Office
from nobat.schedule.closures import END_OF_DAY
from nobat.schedule.models import Closure
from nobat.shared.persian import clean
from nobat.web.office.day_choices import day_choices
from nobat.web.office.hour_field import HourField

WHOLE_DAY, HOURS = "day", "hours"


class ClosureForm(forms.Form):
    day = forms.ChoiceField(
        label="کدام روز", error_messages={"invalid_choice": "یکی از روزهای فهرست را انتخاب کنید."}
    )
    extent = forms.ChoiceField(
        label="چه زمانی از روز",
        choices=[(WHOLE_DAY, "همهٔ روز"), (HOURS, "چند ساعت از روز")],
        initial=WHOLE_DAY,
        widget=forms.RadioSelect,
        error_messages={"required": "همهٔ روز یا چند ساعت؟ یکی را انتخاب کنید."},
    )
    from_hour = HourField(label="از ساعت", required=False, help_text="مانند ۱۲:۰۰")
    until_hour = HourField(label="تا ساعت", required=False, help_text="خالی: تا پایان روز")
    reason = forms.CharField(
        label="دلیل",
        help_text="مردم آن را در تقویم و در نوبت خود می‌خوانند. مانند «قطع برق محله».",
        max_length=120,
        error_messages={
            "required": "دلیل را در چند کلمه بنویسید.",
            "max_length": "دلیل را کوتاه‌تر بنویسید، تا ۱۲۰ نویسه.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: forms.ChoiceField = self.fields["day"]  # type: ignore[assignment]
        day.choices = day_choices(today, today=today)

    def clean_reason(self) -> str:
        reason = clean(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError("دلیل را در چند کلمه بنویسید.")
        return reason

    def clean(self) -> None:
        extent = self.cleaned_data.get("extent")
        typed = [self.cleaned_data.get(name) for name in ("from_hour", "until_hour")]
        if extent == WHOLE_DAY and any(typed):
            self.add_error(
                "extent",
                "ساعت نوشته‌اید ولی «همهٔ روز» انتخاب شده است. یکی از آن دو را درست کنید.",
            )
        if extent == HOURS and typed[0] is None and "from_hour" not in self.errors:
            self.add_error("from_hour", "بنویسید از چه ساعتی بسته است.")

    def closure(self, office: Office) -> Closure:
        """What would be written; not in the database."""
        asked = self.cleaned_data
        is_part = asked["extent"] == HOURS
        return Closure(
            office=office,
            day=date.fromisoformat(asked["day"]),
            from_hour=asked["from_hour"] if is_part else None,
            until_hour=(asked["until_hour"] or END_OF_DAY) if is_part else None,
            reason=asked["reason"],
        )
