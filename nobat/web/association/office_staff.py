"""Page: who works at an office, and the form by which the association appoints somebody."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.association import offices_of
from nobat.offices.models import Membership, Office, Role
from nobat.offices.staff import WorksHereAlready
from nobat.offices.staff_by_association import appoint_by_association, person_to_appoint
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.citizen.account_page import refuse
from nobat.web.office.clerks import AddForm, staff_of

_MISTAKE = 422


class SureForm(AddForm, CodeAgainForm):
    """The same once more, with the code of the app."""


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def office_staff(request: AssociationRequest, code: str) -> HttpResponse:
    office = office_of(request, code)
    if "sure" in request.POST:
        return _appoint(request, office, SureForm(request.POST))
    form = AddForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _ask_first(request, office, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    return _page(request, office, form)


def _ask_first(request: AssociationRequest, office: Office, form: AddForm) -> HttpResponse:
    """By name, so that a wrong number is seen before anybody has a role."""
    numbers = {name: form.cleaned_data[name] for name in ("mobile", "national_code")}
    person = person_to_appoint(by=request.user, **numbers)
    if Membership.objects.filter(office=office, person=person).exists():
        raise WorksHereAlready
    return _sure_page(request, office, SureForm(initial=form.cleaned_data), person.full_name)


def _appoint(request: AssociationRequest, office: Office, form: SureForm) -> HttpResponse:
    if not form.is_shown_by(request):
        return _sure_page(request, office, form, "")
    try:
        added = appoint_by_association(
            office=office,
            mobile=form.cleaned_data["mobile"],
            national_code=form.cleaned_data["national_code"],
            role=Role(form.cleaned_data["role"]),
            by=request.user,
        )
    except RuleBroken as refusal:
        refuse(form, refusal)
        return _page(request, office, form)
    name, role = added.person.full_name, Role(added.role).label
    messages.success(request, f"{name} از این پس {role} {office.name} است.")
    return redirect("association:office_staff", office.code)


def _page(request: AssociationRequest, office: Office, form: AddForm) -> HttpResponse:
    context = {"here": "offices", "office": office, "form": form, "staff": staff_of(office)}
    return render(request, "association/office_staff.html", context, status=status_of(form))


def _sure_page(
    request: AssociationRequest, office: Office, form: SureForm, name: str
) -> HttpResponse:
    chosen = Role(form["role"].value()) if form["role"].value() in Role.values else Role.CLERK
    context = {
        "here": "offices",
        "office": office,
        "form": form,
        "name": name,
        "role": chosen,
        "hidden": [form[field] for field in ("mobile", "national_code", "role")],
    }
    return render(request, "association/appoint_staff.html", context, status=status_of(form))


def office_of(request: AssociationRequest, code: str) -> Office:
    """The office of that code, if it is one of this member's."""
    return get_object_or_404(offices_of(request.member).select_related("county"), code=code)


def status_of(form: forms.Form) -> int:
    refusal = getattr(form, "refusal", None)
    return refusal.status if refusal else _MISTAKE if form.errors else 200
