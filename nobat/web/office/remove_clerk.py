"""Page: asks whether somebody is really to lose the role here, says what follows, does it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.models import Membership
from nobat.offices.staff import LastManager, is_last_manager, remove_staff
from nobat.web.access import OfficeRequest, manager_only
from nobat.web.signed_in import sign_out_of_this_device


@require_http_methods(["GET", "HEAD", "POST"])
@manager_only
def remove_clerk(request: OfficeRequest, membership_id: int) -> HttpResponse:
    of_this_office = Membership.objects.filter(office=request.office).select_related("person")
    membership = get_object_or_404(of_this_office, pk=membership_id)
    is_own = membership.person_id == request.user.pk
    if request.method == "POST":
        return _remove(request, membership, is_own=is_own)
    if is_last_manager(membership):
        raise LastManager
    context = {"here": "clerks", "member": membership, "is_own": is_own}
    return render(request, "office/remove_clerk.html", context)


def _remove(request: OfficeRequest, membership: Membership, *, is_own: bool) -> HttpResponse:
    name = membership.person.full_name
    remove_staff(membership=membership, by=request.user)
    if is_own:
        sign_out_of_this_device(request)
        messages.success(request, "دیگر از کارکنان این دفتر نیستید و خارج شدید.")
        return redirect("office:sign_in")
    messages.success(request, f"{name} دیگر از کارکنان این دفتر نیست و از میز خارج شد.")
    return redirect("office:clerks")
