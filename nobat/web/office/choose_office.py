"""Page: which office is in front of somebody, or the association; who has one goes straight on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nobat.offices.models import Membership
from nobat.web.access import OFFICE, staff_only
from nobat.web.office.way_in import office_way_back


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def choose_office(request: HttpRequest) -> HttpResponse:
    mine = Membership.objects.filter(person=request.user)  # type: ignore[misc]
    memberships = list(mine.select_related("office__county").order_by("office__code"))
    if "office" in request.POST:
        return _go_on(request, _chosen(memberships, request.POST["office"]))
    is_of_association = hasattr(request.user, "association_member")
    back = office_way_back(request)
    wants_association = back.startswith(reverse("association:home"))
    if is_of_association and (wants_association or not memberships):
        return redirect(back if wants_association else "association:home")
    is_operator = hasattr(request.user, "operator")
    wants_operator = back.startswith(reverse("admin:index"))
    if is_operator and (wants_operator or not (memberships or is_of_association)):
        return redirect(back if wants_operator else "admin:index")
    if len(memberships) == 1 and not is_of_association:
        return _go_on(request, memberships[0])
    context = {
        "memberships": memberships,
        "way_back": back,
        "is_of_association": is_of_association,
    }
    return render(request, "office/choose_office.html", context)


def _chosen(memberships: list[Membership], code: str) -> Membership:
    for membership in memberships:
        if membership.office.code == code:
            return membership
    raise Http404


def _go_on(request: HttpRequest, chosen: Membership) -> HttpResponse:
    request.session[OFFICE] = chosen.office_id
    return redirect(office_way_back(request) or "office:desk")
