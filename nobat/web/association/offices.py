"""Page: the offices, open or not, found by what the association knows of them."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nobat.offices.export_offices import offices_as_csv, offices_as_xlsx
from nobat.offices.models import OfficeStatus
from nobat.offices.places import ProvinceChoices, provinces
from nobat.offices.register import RegisterSearch, find_in_register
from nobat.web.access import AssociationRequest, association_only
from nobat.web.download import download

OFFICES_ON_A_PAGE = 50
_FILES = {
    "csv": (offices_as_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        offices_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@require_safe
@association_only
def offices(request: AssociationRequest) -> HttpResponse:
    search = _search(request)
    found = Paginator(find_in_register(request.member, search), OFFICES_ON_A_PAGE)
    context = {
        "here": "offices",
        "search": search,
        "asked": urlencode({name: text for name, text in vars(search).items() if text}),
        "provinces": _provinces(request),
        "statuses": OfficeStatus.choices,
        "page": found.get_page(request.GET.get("page")),
    }
    return render(request, "association/offices.html", context)


@require_safe
@association_only
def export_offices(request: AssociationRequest, ending: str) -> HttpResponse:
    """Of the same search, all pages in one file."""
    if ending not in _FILES:
        raise Http404
    write, content_type = _FILES[ending]
    content = write(find_in_register(request.member, _search(request)))
    return download(content, content_type=content_type, name=f"offices.{ending}")


def _search(request: AssociationRequest) -> RegisterSearch:
    asked: dict[str, Any] = {
        name: request.GET.get(name, "").replace("\0", "")[:120].strip()
        for name in RegisterSearch.__dataclass_fields__
    }
    return RegisterSearch(**asked)


def _provinces(request: AssociationRequest) -> list[ProvinceChoices]:
    own = request.member.province_id
    return [province for province in provinces() if own in (None, province.code)]
