"""Who may open a page: the gate is a decorator on its view."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from nobat.offices.models import AssociationMember, Membership, Office, Role
from nobat.people.models import Person
from nobat.web.signed_in import session_of
from nobat.web.way_back import NEXT, with_way_back

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]
# In the session: which of somebody's offices is in front of them.
OFFICE = "office"


class ManagersOnly(PermissionDenied):
    """The page is the manager's, and a clerk of the same office asked for it."""


class NotOfTheAssociation(PermissionDenied):
    """The page is the association's, and somebody else asked for it."""


class NotYours(PermissionDenied):
    """The act is not this member's: only reading, or only the own province."""


class OfficeRequest(HttpRequest):
    """A request of somebody who works at an office."""

    user: Person
    membership: Membership
    office: Office  # with its county


class AssociationRequest(HttpRequest):
    """A request of somebody who works for the association."""

    user: Person
    member: AssociationMember  # with its province


OfficeView = Callable[Concatenate[OfficeRequest, Asked], HttpResponse]
AssociationView = Callable[Concatenate[AssociationRequest, Asked], HttpResponse]


def citizen_only(view: View[Asked]) -> View[Asked]:
    """A stranger signs in first and comes back to this very page.

    What a form of ours asks for stands in its address too, so that a POST whose session
    ended comes back to the same choice. Personal pages are kept by no cache.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def staff_only(view: View[Asked]) -> View[Asked]:
    """Whoever is signed in with a second factor, of whatever office, or of none."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if not session_of(request).is_of_staff():
            return _to(request, "office:sign_in")
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return guarded


def clerk_only(view: OfficeView[Asked]) -> View[Asked]:
    """Clerks and managers, signed in with their second factor, at one of their offices.

    Whoever is not comes to the staff's own sign-in; a member of several offices chooses
    one first. The view finds `request.office` and must ask for nothing beyond it.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        membership = _membership(request)
        if membership is None:
            return _to(request, "office:choose_office")
        request.membership = membership  # type: ignore[attr-defined]
        request.office = membership.office  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return staff_only(guarded)


def manager_only(view: OfficeView[Asked]) -> View[Asked]:
    """As clerk_only; a clerk is told that the page is the manager's."""

    @wraps(view)
    def guarded(request: OfficeRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        if request.membership.role != Role.MANAGER:
            raise ManagersOnly
        return view(request, *args, **kwargs)

    return clerk_only(guarded)


def association_only(view: AssociationView[Asked]) -> View[Asked]:
    """Those of the association, signed in with their second factor.

    The view finds `request.member` and asks for nothing beyond offices/association.py. Who
    may only read is refused every form; an officer of a province sees the own one alone.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Asked.args, **kwargs: Asked.kwargs) -> HttpResponse:
        found = AssociationMember.objects.filter(person=request.user)  # type: ignore[misc]
        member = found.select_related("province").first()
        if member is None:
            raise NotOfTheAssociation
        if request.method not in {"GET", "HEAD"} and not member.may_decide:
            raise NotYours
        request.member = member  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return staff_only(guarded)


def national_only(view: AssociationView[Asked]) -> View[Asked]:
    """As association_only, and not for an officer of a province: what holds everywhere."""

    @wraps(view)
    def guarded(
        request: AssociationRequest, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> HttpResponse:
        if request.member.province_id:
            raise NotYours
        return view(request, *args, **kwargs)

    return association_only(guarded)


def _membership(request: HttpRequest) -> Membership | None:
    """The role at the chosen office, or at the only one there is; read anew each time."""
    mine = Membership.objects.filter(person=request.user).select_related("office__county")  # type: ignore[misc]
    chosen = request.session.get(OFFICE)
    if chosen is not None:
        return mine.filter(office=chosen).first()
    only = list(mine[:2])
    return only[0] if len(only) == 1 else None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Where whoever is signed out goes first, to come back to this very page."""
    return _go(request, with_way_back("sign_in", request.get_full_path()))


def _to(request: HttpRequest, page: str) -> HttpResponse:
    # An address that only takes a form is no place to come back to.
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    return _go(request, f"{reverse(page)}?{urlencode({NEXT: back})}" if back else reverse(page))


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)
