"""What the association chooses to close: where first, then exceptions, when and why."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from nobat.offices.association import counties_of, offices_of, provinces_of
from nobat.offices.models import AssociationMember, County, Office
from nobat.schedule.closures import END_OF_DAY
from nobat.shared.persian import clean, fa_digits, latin_digits
from nobat.web.association.order_address import LONGEST_LETTER, LONGEST_REASON
from nobat.web.office.day_choices import day_choices
from nobat.web.office.hour_field import HourField

NATION, PROVINCES, OFFICES = "nation", "provinces", "offices"
WHOLE_DAY, HOURS = "day", "hours"
_BETWEEN_CODES = re.compile(r"[\s,،؛;]+")


class CodesField(forms.CharField):
    """Codes of offices, in any digits, with anything between them."""

    def __init__(self, **fields: Any) -> None:
        attrs = {"rows": 2, "class": "ltr", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            required=False, max_length=4000, widget=forms.Textarea(attrs=attrs), **fields
        )
        self.offices = Office.objects.none()

    def clean(self, value: Any) -> list[str]:
        typed = latin_digits(super().clean(value) or "")
        codes = list(dict.fromkeys(code for code in _BETWEEN_CODES.split(typed) if code))
        known = set(self.offices.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if code not in known]
        if unknown:
            named = "، ".join(fa_digits(code) for code in unknown[:5])
            raise forms.ValidationError(
                f"دفتری با کد {named} در فهرست شما نیست. کدها را با فاصله از هم جدا بنویسید."
            )
        return codes


class WhereForm(forms.Form):
    extent = forms.ChoiceField(
        label="کجا بسته شود؟",
        widget=forms.RadioSelect,
        error_messages={"required": "یکی را انتخاب کنید."},
    )
    provinces = forms.MultipleChoiceField(
        label="استان‌ها",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    offices = CodesField(label="کد دفترها", help_text="با فاصله از هم جدا کنید.")

    def __init__(self, *args: Any, member: AssociationMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extent: Any = self.fields["extent"]
        provinces: Any = self.fields["provinces"]
        offices: Any = self.fields["offices"]
        whole = [] if member.province_id else [(NATION, "همهٔ کشور")]
        extent.choices = [*whole, (PROVINCES, "استان یا شهرستان"), (OFFICES, "چند دفتر")]
        provinces.choices = list(provinces_of(member).values_list("code", "name"))
        offices.offices = offices_of(member)
        if member.province_id:
            self.initial.setdefault("extent", PROVINCES)
            self.initial.setdefault("provinces", [member.province_id])

    def clean(self) -> None:
        asked = self.cleaned_data
        if asked.get("extent") == PROVINCES and not asked.get("provinces"):
            self.add_error("provinces", "دست‌کم یک استان را انتخاب کنید.")
        is_unnamed = "offices" not in self.errors and not asked.get("offices")
        if asked.get("extent") == OFFICES and is_unnamed:
            self.add_error("offices", "کد دفترهایی را که بسته می‌شوند بنویسید.")

    @property
    def named_provinces(self) -> list[str]:
        return self.cleaned_data["provinces"] if self.cleaned_data["extent"] == PROVINCES else []


class WhenForm(forms.Form):
    first_day = forms.ChoiceField(label="از روز")
    last_day = forms.ChoiceField(label="تا روز")
    extent = forms.ChoiceField(
        label="چه زمانی از روز",
        choices=[(WHOLE_DAY, "همهٔ روز"), (HOURS, "از ساعتی، یا میان دو ساعت")],
        initial=WHOLE_DAY,
        widget=forms.RadioSelect,
        error_messages={"required": "همهٔ روز یا چند ساعت؟ یکی را انتخاب کنید."},
    )
    from_hour = HourField(label="از ساعت", required=False, help_text="مانند ۱۲:۰۰")
    until_hour = HourField(label="تا ساعت", required=False, help_text="خالی: تا پایان روز")
    stays = forms.ChoiceField(
        label="چه اندازه از ظرفیت",
        choices=[("0", "همه بسته شود")]
        + [(str(part), f"{fa_digits(part)}٪ بماند") for part in (25, 50, 75)],
        initial="0",
    )
    spares_exempt = forms.BooleanField(label="دفترهای کشیک باز می‌مانند", required=False)
    but_offices = CodesField(label="جز این دفترها", help_text="کد دفترهایی که باز می‌مانند.")
    reason = forms.CharField(
        label="دلیل",
        help_text="مردم آن را در تقویم و در نوبت خود می‌خوانند. مانند «آلودگی هوا».",
        max_length=LONGEST_REASON,
        error_messages={"required": "دلیل را در چند کلمه بنویسید."},
    )
    letter = forms.CharField(
        label="شمارهٔ نامه",
        help_text="اگر به دستور استانداری یا نهاد دیگری است.",
        required=False,
        max_length=LONGEST_LETTER,
    )

    def __init__(self, *args: Any, member: AssociationMember, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_day", "last_day"):
            days: Any = self.fields[name]
            days.choices = day_choices(today, today=today)
        but_offices: Any = self.fields["but_offices"]
        but_offices.offices = offices_of(member)

    def clean_reason(self) -> str:
        reason = clean(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError("دلیل را در چند کلمه بنویسید.")
        return reason

    def clean_letter(self) -> str:
        return clean(self.cleaned_data["letter"])

    def clean(self) -> None:
        asked = self.cleaned_data
        if asked.get("first_day", "") > asked.get("last_day", "9"):
            self.add_error("last_day", "روز پایان پیش از روز آغاز است. یکی را درست کنید.")
        hours = [asked.get(name) for name in ("from_hour", "until_hour")]
        if asked.get("extent") == WHOLE_DAY and any(hours):
            self.add_error(
                "extent",
                "ساعت نوشته‌اید ولی «همهٔ روز» انتخاب شده است. یکی از آن دو را درست کنید.",
            )
        if asked.get("extent") == HOURS and "from_hour" not in self.errors:
            if hours[0] is None:
                self.add_error("from_hour", "بنویسید از چه ساعتی بسته است.")
            elif hours[1] and hours[1] <= hours[0]:
                self.add_error("until_hour", "ساعت پایان پیش از ساعت آغاز است. درستش کنید.")

    def asked(self) -> dict[str, Any]:
        """As order_address.py takes it."""
        asked = dict(self.cleaned_data)
        is_part = asked.pop("extent") == HOURS
        return asked | {
            "first_day": date.fromisoformat(asked["first_day"]),
            "last_day": date.fromisoformat(asked["last_day"]),
            "from_hour": asked["from_hour"] if is_part else None,
            "until_hour": (asked["until_hour"] or END_OF_DAY) if is_part else None,
            "stays": int(asked["stays"]),
        }


def counties_by_choice(
    member: AssociationMember, provinces: Sequence[str], chosen: set[str]
) -> dict[str, list[str]]:
    """Codes for an order: a province with its unchosen counties as exceptions, or, where
    those are the larger part, the chosen counties alone."""
    asked: dict[str, list[str]] = {"provinces": [], "counties": [], "but_counties": []}
    for province in provinces:
        of_province = counties_of(member).filter(province=province)
        codes = list(of_province.values_list("code", flat=True))
        here = [code for code in codes if code in chosen]
        if len(here) * 2 >= len(codes):
            asked["provinces"].append(province)
            asked["but_counties"] += [code for code in codes if code not in chosen]
        else:
            asked["counties"] += here
    return asked


def counties_to_choose(member: AssociationMember, provinces: Sequence[str]) -> list[County]:
    of_provinces = counties_of(member).filter(province__in=provinces)
    return list(of_provinces.select_related("province").order_by("province__position", "position"))
