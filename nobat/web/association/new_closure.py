"""Page: where something closes, then when and why; then the look at what follows."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.shared.jalali import tehran_day
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.closure_form import (
    NATION,
    OFFICES,
    WhenForm,
    WhereForm,
    counties_by_choice,
    counties_to_choose,
)
from nobat.web.association.order_address import preview_address

_MISTAKE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def new_closure(request: AssociationRequest) -> HttpResponse:
    """The first step."""
    if request.method != "POST":
        return _where(request, WhereForm(member=request.member))
    form = WhereForm(request.POST, member=request.member)
    if not form.is_valid():
        return _where(request, form, status=_MISTAKE)
    asked = QueryDict(mutable=True)
    asked["extent"] = form.cleaned_data["extent"]
    asked.setlist("provinces", form.named_provinces)
    if form.cleaned_data["extent"] == OFFICES:
        asked["offices"] = " ".join(form.cleaned_data["offices"])
    response = redirect("association:closure_when")
    response["Location"] += f"?{asked.urlencode()}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def closure_when(request: AssociationRequest) -> HttpResponse:
    """The second step, which knows from its address where."""
    where = WhereForm(request.GET, member=request.member)
    if not where.is_valid():
        return redirect("association:new_closure")
    today = tehran_day(timezone.now())
    if request.method != "POST":
        return _when(request, where, WhenForm(member=request.member, today=today))
    form = WhenForm(request.POST, member=request.member, today=today)
    if not form.is_valid():
        return _when(request, where, form, status=_MISTAKE)
    return redirect(preview_address(form.asked() | _places(request, where)))


def _places(request: AssociationRequest, where: WhereForm) -> dict[str, Any]:
    extent = where.cleaned_data["extent"]
    if extent == NATION:
        return {"is_nationwide": True}
    if extent == OFFICES:
        return {"offices": where.cleaned_data["offices"]}
    chosen = set(request.POST.getlist("chosen"))
    return counties_by_choice(request.member, where.named_provinces, chosen)


def _where(request: AssociationRequest, form: WhereForm, *, status: int = 200) -> HttpResponse:
    context = {"here": "closures", "form": form}
    return render(request, "association/closure_where.html", context, status=status)


def _when(
    request: AssociationRequest, where: WhereForm, form: WhenForm, *, status: int = 200
) -> HttpResponse:
    counties = counties_to_choose(request.member, where.named_provinces)
    is_sent = request.method == "POST"
    chosen = set(request.POST.getlist("chosen")) if is_sent else {each.code for each in counties}
    context = {
        "here": "closures",
        "form": form,
        "where": where.cleaned_data,
        "counties": counties,
        "chosen": chosen,
        "tomorrow_is": form["first_day"].value(),
    }
    return render(request, "association/closure_when.html", context, status=status)
