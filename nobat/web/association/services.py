"""Page: the tree of subjects, where a new one is added and an old one changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from nobat.appointments.models import Appointment
from nobat.offices.models import Service
from nobat.offices.set_service import (
    ServiceCodeTaken,
    ServiceDetails,
    WrongServiceCode,
    add_service,
    set_service,
)
from nobat.shared.persian import clean
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.citizen.account_fields import TypedField

_MISTAKE = 422
_LONGEST_PAPER = 120


class HeadForm(forms.Form):
    """A head only gathers subjects under a title."""

    title = TypedField(
        label="عنوان", missing="عنوان را بنویسید.", max_length=120, attrs={"autocomplete": "off"}
    )

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("عنوان را بنویسید.")
        return title

    def details(self) -> ServiceDetails:
        return ServiceDetails(
            title=self.cleaned_data["title"], papers=[], needs_sana=False, is_bookable=False
        )


class ServiceForm(HeadForm):
    papers = TypedField(
        label="مدارک لازم",
        missing="",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        attrs={"rows": 6},
        help_text="هر مدرک در یک سطر، به ترتیبی که سر میز خواسته می‌شود.",
    )
    needs_sana = forms.BooleanField(label="کد ثنا لازم دارد", required=False)
    is_bookable = forms.BooleanField(label="برایش نوبت داده شود", required=False)

    def clean_papers(self) -> list[str]:
        lines = [clean(line) for line in self.cleaned_data["papers"].splitlines()]
        if any(len(line) > _LONGEST_PAPER for line in lines):
            raise forms.ValidationError("هر مدرک را کوتاه بنویسید، تا ۱۲۰ نویسه.")
        return [line for line in lines if line]

    def details(self) -> ServiceDetails:
        typed = ("title", "papers", "needs_sana", "is_bookable")
        return ServiceDetails(**{name: self.cleaned_data[name] for name in typed})


class AddServiceForm(ServiceForm):
    code = TypedField(
        label="کد خدمت",
        missing="کد خدمت را بنویسید.",
        max_length=50,
        css="ltr",
        attrs={"dir": "ltr", "autocomplete": "off"},
        help_text="حرف‌های کوچک لاتین؛ در نشانی صفحه می‌آید و پس از ثبت عوض نمی‌شود.",
    )
    parent = forms.ModelChoiceField(
        label="سرگروه",
        queryset=Service.objects.filter(parent=None),
        required=False,
        empty_label="هیچ؛ خودش سرگروه است",
        error_messages={"invalid_choice": "یکی از سرگروه‌های فهرست را انتخاب کنید."},
    )
    field_order = ("title", "code", "parent")


@require_safe
@national_only
def services(request: AssociationRequest) -> HttpResponse:
    counted = Service.objects.annotate(offices=Count("officeservice"))
    subjects = counted.order_by("position")  # a count forgets the order of the model
    heads = [
        {"head": head, "subjects": [each for each in subjects if each.parent_id == head.pk]}
        for head in Service.objects.filter(parent=None)
    ]
    return render(request, "association/services.html", {"here": "services", "heads": heads})


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def new_service(request: AssociationRequest) -> HttpResponse:
    form = AddServiceForm(request.POST or None, initial={"is_bookable": True, "needs_sana": True})
    if form.is_valid():
        try:
            service = add_service(
                code=form.cleaned_data["code"],
                parent=form.cleaned_data["parent"],
                details=_of_its_kind(form),
                by=request.user,
            )
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, f"«{service.title}» افزوده شد. دفترها آن را برمی‌گزینند.")
            return redirect("association:services")
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def service(request: AssociationRequest, service_code: str) -> HttpResponse:
    subject = get_object_or_404(Service.objects.select_related("parent"), code=service_code)
    kind = ServiceForm if subject.parent else HeadForm
    form = kind(request.POST or None, initial=_as_typed(subject))
    if form.is_valid():
        try:
            set_service(service=subject, details=form.details(), by=request.user)
        except RuleBroken as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, f"«{form.cleaned_data['title']}» ثبت شد.")
            return redirect("association:services")
    coming = Appointment.objects.upcoming(timezone.now()).filter(service=subject)
    return _page(request, form, service=subject, coming=coming.count())


def _of_its_kind(form: AddServiceForm) -> ServiceDetails:
    """Without a head above it, it is one itself, whatever else was ticked."""
    return form.details() if form.cleaned_data["parent"] else HeadForm.details(form)


def _as_typed(subject: Service) -> dict[str, Any]:
    return {
        "title": subject.title,
        "papers": "\n".join(subject.papers),
        "needs_sana": subject.needs_sana,
        "is_bookable": subject.is_bookable,
    }


def _refuse(form: HeadForm, refusal: RuleBroken) -> None:
    is_about_code = isinstance(refusal, WrongServiceCode | ServiceCodeTaken)
    form.add_error("code" if is_about_code else "title", refusal.message)


def _page(request: AssociationRequest, form: HeadForm, **context: Any) -> HttpResponse:
    status = _MISTAKE if form.errors else 200
    context |= {"here": "services", "form": form}
    return render(request, "association/service.html", context, status=status)
