"""Pages: who works for the association, with which role; adding, changing and removing."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.association_staff import (
    ProvinceMissing,
    add_member,
    change_role,
    is_last_national,
)
from nobat.offices.association_staff import remove_member as remove_from_association
from nobat.offices.models import AssociationMember, AssociationRole, Province
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, national_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.citizen.account_page import refuse
from nobat.web.office.clerks import AccountForm
from nobat.web.signed_in import sign_out_of_this_device

_MISTAKE = 422


class RoleForm(CodeAgainForm):
    role = forms.ChoiceField(
        label="نقش",
        choices=AssociationRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "نقش را انتخاب کنید.", "invalid_choice": "نقش را انتخاب کنید."},
    )
    province = forms.ModelChoiceField(
        Province.objects.all(), label="استان", required=False, empty_label="برای کارشناس استان"
    )

    def clean(self) -> dict[str, Any]:
        is_of_province = self.cleaned_data.get("role") == AssociationRole.PROVINCE
        if is_of_province and not self.cleaned_data.get("province"):
            self.add_error("province", ProvinceMissing.message)
        return self.cleaned_data

    @property
    def chosen(self) -> dict[str, Any]:
        """Role and province; for the other roles no province, even if one was chosen."""
        role = AssociationRole(self.cleaned_data["role"])
        is_of_province = role == AssociationRole.PROVINCE
        return {"role": role, "province": self.cleaned_data["province"] if is_of_province else None}


class AddForm(RoleForm, AccountForm):
    field_order = ["mobile", "national_code", "role", "province", "code"]


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def members(request: AssociationRequest) -> HttpResponse:
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_shown_by(request):
        try:
            return _add(request, form)
        except RuleBroken as refusal:
            refuse(form, refusal)
    everybody = AssociationMember.objects.select_related("person", "province")
    by_name = everybody.order_by("role", "person__last_name", "person__first_name", "pk")
    context = {"here": "members", "form": form, "members": by_name}
    return render(request, "association/members.html", context, status=_status(form))


def _add(request: AssociationRequest, form: AddForm) -> HttpResponse:
    numbers = {name: form.cleaned_data[name] for name in ("mobile", "national_code")}
    added = add_member(by=request.user, **numbers, **form.chosen)
    messages.success(
        request,
        f"{added.person.full_name} از این پس {AssociationRole(added.role).label} است و می‌تواند از "
        "«ورود کارکنان» وارد شود.",
    )
    return redirect("association:members")


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def member_role(request: AssociationRequest, member_id: int) -> HttpResponse:
    member = _member(member_id)
    before = {"role": member.role, "province": member.province_id}
    form = RoleForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_shown_by(request):
        try:
            change_role(member=member, by=request.user, **form.chosen)
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            role = form.chosen["role"].label
            messages.success(request, f"نقش {member.person.full_name} از این پس {role} است.")
            return redirect("association:home")
    context = {"here": "members", "form": form, "its": member}
    return render(request, "association/member_role.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@national_only
def remove_member(request: AssociationRequest, member_id: int) -> HttpResponse:
    member = _member(member_id)
    form = CodeAgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_shown_by(request):
        return _remove(request, member)
    context = {
        "here": "members",
        "form": form,
        "its": member,
        "is_own": member.person_id == request.user.pk,
        "is_last": is_last_national(member),
    }
    return render(request, "association/remove_member.html", context, status=_status(form))


def _remove(request: AssociationRequest, member: AssociationMember) -> HttpResponse:
    name = member.person.full_name
    remove_from_association(member=member, by=request.user)
    if member.person_id == request.user.pk:
        sign_out_of_this_device(request)
        messages.success(request, "دیگر از کارکنان کانون نیستید و خارج شدید.")
        return redirect("office:sign_in")
    messages.success(request, f"{name} دیگر از کارکنان کانون نیست و خارج شد.")
    return redirect("association:members")


def _member(member_id: int) -> AssociationMember:
    return get_object_or_404(
        AssociationMember.objects.select_related("person", "province"), pk=member_id
    )


def _status(form: forms.Form) -> int:
    refusal = getattr(form, "refusal", None)
    return refusal.status if refusal else _MISTAKE if form.errors else 200
