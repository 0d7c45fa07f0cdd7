"""Page: who works at the office, since when, and the form that adds somebody."""

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.models import Membership, Office, Role
from nobat.offices.staff import add_staff
from nobat.people.models import IdentityKind, SecondFactor
from nobat.people.national_id import identity_problem, plain_identity
from nobat.shared.rules import RuleBroken
from nobat.web.access import OfficeRequest, manager_only
from nobat.web.citizen.account_fields import MobileField, TypedField
from nobat.web.citizen.account_page import refuse

_MISTAKE = 422


class AccountForm(forms.Form):
    """Two numbers that only their owner tells: whose account it is."""

    mobile = MobileField(autocomplete="off", help_text="همان که همکارتان با آن وارد می‌شود.")
    national_code = TypedField(
        label="کد ملی",
        missing="کد ملی همکارتان را بنویسید.",
        css="ltr short",
        max_length=40,
        attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )

    def clean_national_code(self) -> str:
        number = self.cleaned_data["national_code"]
        problem = identity_problem(IdentityKind.NATIONAL, number)
        if problem:
            raise forms.ValidationError(problem)
        return plain_identity(number)


class AddForm(AccountForm):
    role = forms.ChoiceField(
        label="نقش",
        choices=Role.choices,
        initial=Role.CLERK,
        widget=forms.RadioSelect,
        error_messages={"required": "نقش را انتخاب کنید.", "invalid_choice": "نقش را انتخاب کنید."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def clerks(request: OfficeRequest) -> HttpResponse:
    form = AddForm(request.POST or None)
    if form.is_valid():
        try:
            return _add(request, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _page(request, form)


def _add(request: OfficeRequest, form: AddForm) -> HttpResponse:
    added = add_staff(
        office=request.office,
        mobile=form.cleaned_data["mobile"],
        national_code=form.cleaned_data["national_code"],
        role=Role(form.cleaned_data["role"]),
        by=request.user,
    )
    name, role = added.person.full_name, Role(added.role).label
    messages.success(request, f"{name} از این پس {role} است و می‌تواند از «ورود کارکنان» وارد شود.")
    return redirect("office:clerks")


def _page(request: OfficeRequest, form: AddForm) -> HttpResponse:
    refusal = getattr(form, "refusal", None)
    status = refusal.status if refusal else _MISTAKE if form.errors else 200
    context = {"here": "clerks", "form": form, "staff": staff_of(request.office)}
    return render(request, "office/clerks.html", context, status=status)


def staff_of(office: Office) -> list[Membership]:
    """Managers first, then those who have been here longest."""
    is_set_up = SecondFactor.objects.filter(person=OuterRef("person"), confirmed_at__isnull=False)
    everybody = Membership.objects.filter(office=office).select_related("person")
    return list(everybody.annotate(is_set_up=Exists(is_set_up)).order_by("-role", "since", "pk"))
