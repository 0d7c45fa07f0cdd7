"""Pages: somebody of an office loses the role, or gets a second factor anew; asked first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.models import Membership
from nobat.offices.staff import is_last_manager
from nobat.offices.staff_by_association import remove_by_association, reset_by_association
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.association.office_staff import office_of, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def remove_office_staff(request: AssociationRequest, code: str, membership_id: int) -> HttpResponse:
    membership = _membership(request, code, membership_id)
    form = CodeAgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_shown_by(request):
        return _page(request, "association/remove_office_staff.html", membership, form)
    remove_by_association(membership=membership, by=request.user)
    name, office = membership.person.full_name, membership.office
    messages.success(request, f"{name} دیگر از کارکنان {office.title} نیست و از میز خارج شد.")
    return redirect("association:office_staff", code)


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def reset_office_staff(request: AssociationRequest, code: str, membership_id: int) -> HttpResponse:
    membership = _membership(request, code, membership_id)
    form = CodeAgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_shown_by(request):
        return _page(request, "association/reset_office_staff.html", membership, form)
    try:
        reset_by_association(membership=membership, by=request.user)
    except RuleBroken as refusal:
        messages.warning(request, refusal.message)
    else:
        name = membership.person.full_name
        messages.success(request, f"کد دوم {name} برداشته شد. در ورود بعدی آن را از نو می‌سازد.")
    return redirect("association:office_staff", code)


def _membership(request: AssociationRequest, code: str, membership_id: int) -> Membership:
    here = Membership.objects.filter(office=office_of(request, code))
    return get_object_or_404(here.select_related("person", "office__county"), pk=membership_id)


def _page(
    request: AssociationRequest, template: str, membership: Membership, form: CodeAgainForm
) -> HttpResponse:
    context = {
        "here": "offices",
        "office": membership.office,
        "its": membership,
        "is_last_manager": is_last_manager(membership),
        "form": form,
    }
    return render(request, template, context, status=status_of(form))
