"""Page: what citizens object to; those that wait for an answer first, the oldest before all."""

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nobat.appointments.models import Objection
from nobat.offices.association import offices_of
from nobat.offices.models import AssociationMember
from nobat.web.access import AssociationRequest, association_only

PER_PAGE = 25


@require_safe
@association_only
def objections(request: AssociationRequest) -> HttpResponse:
    theirs = objections_of(request.member)
    waiting_first = theirs.order_by(F("decided_at").desc(nulls_first=True), "made_at", "pk")
    page = Paginator(waiting_first, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "here": "objections",
        "page": page,
        "waiting": [each for each in page if each.is_accepted is None],
        "decided": [each for each in page if each.is_accepted is not None],
        "how_many_wait": theirs.filter(is_accepted=None).count(),
    }
    return render(request, "association/objections.html", context)


def objections_of(member: AssociationMember) -> QuerySet[Objection]:
    """With what they are about; only those of this member's offices."""
    story = ("suspension__cause__office__county", "suspension__cause__service", "decided_by")
    theirs = Objection.objects.filter(suspension__cause__office__in=offices_of(member))
    return theirs.select_related("suspension__cause__citizen", *story)
