"""What the association writes down about an office, and the sentence for each mistake."""

from typing import Any

from django import forms

from nobat.offices.association import counties_of
from nobat.offices.models import AssociationMember, Office, Service
from nobat.offices.office_details import READ, OfficeDetails, WrongDetail, details_of
from nobat.shared.persian import fa_digits
from nobat.web.citizen.account_fields import TypedField

_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
_TYPED = ("code", "name", "manager", "address", "phone", "lat", "lon")
_CHOOSE = {"required": "یکی را انتخاب کنید.", "invalid_choice": "یکی از فهرست را انتخاب کنید."}


class OfficeForm(forms.Form):
    name = TypedField(
        label="نام دفتر",
        missing="نام دفتر را بنویسید.",
        help_text="بدون واژهٔ «دفتر»، مانند نارنجستان.",
        max_length=200,
        attrs={"autocomplete": "off"},
    )
    manager = TypedField(
        label="نام مدیر",
        missing="نام مدیر را بنویسید.",
        max_length=200,
        attrs={"autocomplete": "off"},
    )
    county = forms.TypedChoiceField(label="شهرستان", coerce=int, error_messages=_CHOOSE)
    address = TypedField(
        label="نشانی",
        missing="نشانی را بنویسید.",
        max_length=400,
        attrs={"autocomplete": "off"},
    )
    phone = TypedField(
        label="تلفن",
        missing="تلفن دفتر را بنویسید.",
        help_text="ثابت، با پیش‌شمارهٔ شهر.",
        css="ltr short",
        max_length=40,
        attrs=_NUMBER,
    )
    lat = TypedField(
        label="عرض جغرافیایی",
        missing="عرض جغرافیایی را بنویسید.",
        help_text="مانند ۲۹٫۶۱۰۴",
        css="ltr short",
        max_length=40,
        attrs=_NUMBER,
    )
    lon = TypedField(
        label="طول جغرافیایی",
        missing="طول جغرافیایی را بنویسید.",
        help_text="مانند ۵۲٫۵۳۱۲",
        css="ltr short",
        max_length=40,
        attrs=_NUMBER,
    )
    is_exempt = forms.BooleanField(
        label="دفتر کشیک است",
        required=False,
        help_text="دستور تعطیلی می‌تواند دفترهای کشیک را باز بگذارد.",
    )
    services = forms.MultipleChoiceField(
        label="خدمت‌ها",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "یکی از خدمت‌ها دیگر نیست؛ صفحه را دوباره باز کنید."},
    )

    def __init__(self, *args: Any, member: AssociationMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].choices = _county_choices(member)  # type: ignore[attr-defined]
        bookable = Service.objects.filter(is_bookable=True).order_by("parent__position", "position")
        services = self.fields["services"]
        services.choices = list(bookable.values_list("code", "title"))  # type: ignore[attr-defined]

    def clean(self) -> None:
        for name in _TYPED:
            try:
                if name in self.cleaned_data:
                    self.cleaned_data[name] = READ[name](self.cleaned_data[name])
            except WrongDetail as wrong:
                self.add_error(name, wrong.message)

    def values(self) -> dict[str, Any]:
        """As OfficeDetails keeps them."""
        return self.cleaned_data | {"services": frozenset(self.cleaned_data["services"])}


class AddOfficeForm(OfficeForm):
    code = TypedField(
        label="کد دفتر",
        missing="کد دفتر را بنویسید.",
        help_text="همان شمارهٔ پروانه، فقط رقم. پس از ثبت عوض نمی‌شود.",
        css="ltr short",
        max_length=40,
        attrs=_NUMBER,
    )
    field_order = ("code",)

    def details(self) -> OfficeDetails:
        return OfficeDetails(**self.values())


def as_typed(office: Office) -> dict[str, Any]:
    """What the form shows at first."""
    values = vars(details_of([office])[office.code])
    numbers = {name: fa_digits(values[name]).replace(".", "٫") for name in ("phone", "lat", "lon")}
    return {**values, **numbers, "services": sorted(values["services"])}


def _county_choices(member: AssociationMember) -> list[tuple[str, Any]]:
    """Under their provinces; read from the database, where a new one stands at once."""
    counties = counties_of(member).select_related("province")
    groups: dict[str, list[tuple[int, str]]] = {}
    for county in counties.order_by("province__position", "position"):
        groups.setdefault(county.province.name, []).append((county.pk, county.name))
    return [("", "شهرستان را انتخاب کنید"), *groups.items()]
