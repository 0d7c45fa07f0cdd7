"""Page: another number for one rule, from a day on, after a look at what follows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments import policy
from nobat.appointments.rule_words import WORDS, range_in_words, with_unit
from nobat.appointments.set_rule import (
    BeginsTooEarly,
    BeginsTooLate,
    NothingChanges,
    RuleChangedMeanwhile,
    agreed_otherwise,
    number_on,
    refuse_impossible_rule,
    set_rule,
)
from nobat.shared.jalali import long_day, tehran_day
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.jalali_day_field import JalaliDayField
from nobat.web.association.sure_form import SureForm
from nobat.web.citizen.account_fields import TypedField
from nobat.web.office.week_form import NumberField
from nobat.web.refusals import title_and_rest

_MISTAKE = 422
_FIELD_OF = {BeginsTooEarly: "valid_from", BeginsTooLate: "valid_from", NothingChanges: "number"}


class RuleForm(forms.Form):
    valid_from = JalaliDayField(label="از چه روزی", help_text="از فردا به بعد، مانند ۱۴۰۵/۰۳/۰۷")
    why = TypedField(
        label="دلیل",
        missing="دلیل را در چند کلمه بنویسید.",
        help_text="با نام شما در تاریخچه می‌ماند، مانند «مصوبهٔ هیئت‌مدیره».",
        max_length=200,
        attrs={"autocomplete": "off"},
    )

    field_order = ("number", "valid_from", "why")

    def __init__(self, rule: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, high, _ = policy.RANGES[rule]
        unit = WORDS[rule].unit
        self.fields["number"] = NumberField(
            low, high, label=f"عدد تازه، به {unit}", help_text=range_in_words(rule)
        )
        self.order_fields(self.field_order)

    def clean_why(self) -> str:
        why = clean(self.cleaned_data["why"])
        if not why:
            raise forms.ValidationError("دلیل را در چند کلمه بنویسید.")
        return why


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def change_rule(request: AssociationRequest, rule: str) -> HttpResponse:
    if rule not in policy.RANGES:
        raise Http404
    if request.method != "POST" or request.POST.get("step") == "edit":
        return _page(request, rule, RuleForm(rule, initial=request.POST.dict()))
    form = RuleForm(rule, request.POST)
    if not form.is_valid():
        return _page(request, rule, form, status=_MISTAKE)
    try:
        return _answer(request, rule, form)
    except RuleBroken as refusal:
        form.add_error(_FIELD_OF.get(type(refusal)), refusal.message)
        return _page(request, rule, form, status=refusal.status)


def _answer(request: AssociationRequest, rule: str, form: RuleForm) -> HttpResponse:
    asked = form.cleaned_data
    refuse_impossible_rule(name=rule, now=timezone.now(), **asked)
    seen = str(number_on(rule, asked["valid_from"]))
    if request.POST.get("step") != "set":
        return _preview(request, rule, form, SureForm(initial={"seen": seen}))
    sure = SureForm(request.POST)
    try:
        if sure.what_was_seen != seen:
            raise RuleChangedMeanwhile
        if not sure.is_shown_by(request):
            return _preview(request, rule, form, sure)
        set_rule(name=rule, by=request.user, seen=int(seen), **asked)
    except RuleChangedMeanwhile as refusal:
        fresh = SureForm(initial={"seen": number_on(rule, asked["valid_from"])})
        return _preview(request, rule, form, fresh, refusal)
    number = with_unit(rule, asked["number"])
    begins = long_day(asked["valid_from"])
    messages.success(request, f"ثبت شد: {WORDS[rule].title}، از {begins} {number}.")
    return redirect("association:rules")


def _page(
    request: AssociationRequest, rule: str, form: RuleForm, *, status: int = 200
) -> HttpResponse:
    today = tehran_day(timezone.now())
    context = {
        "here": "rules",
        "form": form,
        "words": WORDS[rule],
        "number": with_unit(rule, number_on(rule, today)),
        "coming": _coming(rule),
    }
    return render(request, "association/change_rule.html", context, status=status)


def _preview(
    request: AssociationRequest,
    rule: str,
    form: RuleForm,
    sure: SureForm,
    refusal: RuleChangedMeanwhile | None = None,
) -> HttpResponse:
    asked = form.cleaned_data
    number, valid_from = asked["number"], asked["valid_from"]
    later = [each for each in _coming(rule) if each["valid_from"] > valid_from]
    replaced = [each for each in _coming(rule) if each["valid_from"] == valid_from]
    context = {
        "here": "rules",
        "form": form,
        "sure": sure,
        "words": WORDS[rule],
        "valid_from": valid_from,
        "why": asked["why"],
        "before": with_unit(rule, number_on(rule, valid_from - policy.DAY)),
        "old": with_unit(rule, number_on(rule, valid_from)),
        "new": with_unit(rule, number),
        "says": WORDS[rule].says.format(with_unit(rule, number)),
        "otherwise": agreed_otherwise(name=rule, number=number, valid_from=valid_from),
        "next": later[0] if later else None,
        "replaced": replaced[0] if replaced else None,
    }
    if refusal:
        context["title"], context["refused"] = title_and_rest(refusal.message)
    status = refusal.status if refusal else sure.status
    return render(request, "association/rule_preview.html", context, status=status)


def _coming(rule: str) -> list[dict[str, Any]]:
    coming = policy.coming_rules(tehran_day(timezone.now())).filter(name=rule)
    return [
        {
            "valid_from": each.valid_from,
            "number": with_unit(rule, each.value),
            "by": each.set_by.full_name,
        }
        for each in coming
    ]
