"""Page: the counties of a province, where a new one is added and an old one changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from nobat.offices.models import County, Province
from nobat.offices.office_details import READ, WrongDetail
from nobat.offices.set_county import (
    CountyCodeTaken,
    CountyDetails,
    WrongCountyCode,
    add_county,
    remove_county,
    set_county,
)
from nobat.shared.persian import clean, fa_digits, without_separators
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.citizen.account_fields import TypedField

_MISTAKE = 422
_NUMBER = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}


class CountyForm(forms.Form):
    name = TypedField(label="نام شهرستان", missing="نام شهرستان را بنویسید.", max_length=60)
    other_name = TypedField(
        label="نام دیگر",
        missing="",
        required=False,
        max_length=60,
        help_text="نام پیشین یا رسمی؛ با آن هم پیدا می‌شود.",
    )
    code = TypedField(
        label="کد",
        missing="کد شهرستان را بنویسید.",
        max_length=20,
        css="ltr short",
        attrs=_NUMBER,
        help_text="چهار رقم مرکز آمار؛ دو رقم اول، استان است.",
    )
    lat = TypedField(
        label="عرض جغرافیایی مرکز",
        missing="",
        required=False,
        max_length=40,
        css="ltr short",
        attrs=_NUMBER,
        help_text="فاصله‌ها از این نقطه حساب می‌شود.",
    )
    lon = TypedField(
        label="طول جغرافیایی مرکز",
        missing="",
        required=False,
        max_length=40,
        css="ltr short",
        attrs=_NUMBER,
    )

    def clean(self) -> None:
        for name in ("lat", "lon"):
            typed = self.cleaned_data.get(name)
            try:
                self.cleaned_data[name] = READ[name](typed) if typed else None
            except WrongDetail as wrong:
                self.add_error(name, wrong.message)

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("نام شهرستان را بنویسید.")
        return name

    def clean_other_name(self) -> str:
        return clean(self.cleaned_data["other_name"])

    def clean_code(self) -> str:
        return without_separators(self.cleaned_data["code"]).upper()

    def details(self) -> CountyDetails:
        return CountyDetails(**self.cleaned_data)


@require_safe
@national_only
def counties(request: AssociationRequest) -> HttpResponse:
    asked = request.GET.get("province", "")
    provinces = list(Province.objects.all())
    chosen = next((each for each in provinces if each.code == asked), provinces[0])
    context = {
        "here": "counties",
        "provinces": [(each.code, each.name) for each in provinces],
        "chosen": chosen,
        "counties": _with_offices().filter(province=chosen),
    }
    return render(request, "association/counties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def new_county(request: AssociationRequest, province: str) -> HttpResponse:
    place = get_object_or_404(Province, code=province)
    form = CountyForm(request.POST or None)
    if form.is_valid():
        try:
            county = add_county(province=place, details=form.details(), by=request.user)
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, f"شهرستان {county.name} افزوده شد و مردم آن را می‌بینند.")
            return _back(county)
    return _page(request, form, province=place)


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def county(request: AssociationRequest, county_id: int) -> HttpResponse:
    place = get_object_or_404(_with_offices(), pk=county_id)
    form = CountyForm(request.POST or None, initial=_as_typed(place))
    if form.is_valid():
        try:
            set_county(county=place, details=form.details(), by=request.user)
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, "مشخصات شهرستان ثبت شد.")
            return _back(place)
    return _page(request, form, province=place.province, county=place)


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def county_removal(request: AssociationRequest, county_id: int) -> HttpResponse:
    place = get_object_or_404(_with_offices(), pk=county_id)
    if request.method == "POST":
        remove_county(county=place, by=request.user)
        messages.success(request, f"شهرستان {place.name} برداشته شد.")
        return _back(place)
    context = {"here": "counties", "county": place}
    return render(request, "association/county_removal.html", context)


def _with_offices() -> QuerySet[County]:
    counted = County.objects.annotate(offices=Count("office"))
    return counted.select_related("province").order_by("position")


def _as_typed(place: County) -> dict[str, Any]:
    degrees = {
        name: "" if value is None else fa_digits(value).replace(".", "٫")
        for name, value in (("lat", place.lat), ("lon", place.lon))
    }
    return {
        "name": place.name,
        "other_name": place.other_name,
        "code": fa_digits(place.code),
        **degrees,
    }


def _refuse(form: CountyForm, refusal: RuleBroken) -> None:
    is_about_code = isinstance(refusal, WrongCountyCode | CountyCodeTaken)
    form.add_error("code" if is_about_code else "name", refusal.message)


def _back(place: County) -> HttpResponse:
    response = redirect("association:counties")
    response["Location"] += f"?province={place.province_id}"
    return response


def _page(request: AssociationRequest, form: CountyForm, **context: Any) -> HttpResponse:
    status = _MISTAKE if form.errors else 200
    context |= {"here": "counties", "form": form}
    return render(request, "association/county.html", context, status=status)
