"""Page: what a list of offices would change; taking it over, and how far that is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from nobat.offices.import_offices import begin_import, imports_of
from nobat.offices.models import ImportState, OfficeImport
from nobat.offices.office_columns import COLUMNS
from nobat.offices.office_rows import Kind
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.code_again import CodeAgainForm
from nobat.web.fragment import wants_part
from nobat.web.refusals import title_and_rest

ROWS_ON_A_PAGE = 50
_MISTAKE = 422
# What asks for a look comes first.
_KINDS = {
    Kind.REFUSED: "رد شد",
    Kind.CHANGED: "عوض می‌شود",
    Kind.ADDED: "افزوده می‌شود",
    Kind.UNCHANGED: "بی‌تغییر",
}
_KINDS_WHEN_DONE = _KINDS | {Kind.CHANGED: "عوض شد", Kind.ADDED: "افزوده شد"}


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def office_import(request: AssociationRequest, import_id: int) -> HttpResponse:
    found = get_object_or_404(imports_of(request.member), pk=import_id)
    if request.method == "POST":
        return _begin(request, found)
    if wants_part(request):
        return _how_far(request, found)
    return _page(request, found, CodeAgainForm())


def _begin(request: AssociationRequest, found: OfficeImport) -> HttpResponse:
    form = CodeAgainForm(request.POST)
    if not form.is_shown_by(request):
        status = form.refusal.status if hasattr(form, "refusal") else _MISTAKE
        return _page(request, found, form, status=status)
    try:
        begin_import(office_import=found, seen=request.POST.get("seen", ""), by=request.user)
    except RuleBroken as refusal:
        title, why = title_and_rest(refusal.message)
        form = CodeAgainForm()
        return _page(request, found, form, status=refusal.status, title=title, why=why)
    return redirect("association:office_import", found.pk)


def _how_far(request: AssociationRequest, found: OfficeImport) -> HttpResponse:
    """For the page that asks by itself; at the end it comes anew as a whole."""
    if found.state != ImportState.RUNNING:
        return HttpResponseClientRefresh()
    return render(request, "association/_import_progress.html", {"import": found})


def _page(
    request: AssociationRequest,
    found: OfficeImport,
    form: CodeAgainForm,
    *,
    status: int = 200,
    **refusal: str,
) -> HttpResponse:
    kind = _kind(request, found)
    rows = [row for row in found.rows if row["kind"] == kind]
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "here": "offices",
        "import": found,
        "form": form,
        "kind": kind,
        "kinds": _counted(found),
        "page": page,
        "rows": [_shown(row) for row in page],
        **refusal,
    }
    return render(request, "association/office_import.html", context, status=status)


def _kind(request: AssociationRequest, found: OfficeImport) -> str:
    """What is looked at: what was asked for, or the first of which there is something."""
    asked = request.GET.get("kind", "")
    there = [kind for kind in _KINDS if found.counts[kind]]
    return asked if asked in there else there[0] if there else Kind.UNCHANGED


def _counted(found: OfficeImport) -> list[dict[str, Any]]:
    titles = _KINDS_WHEN_DONE if found.state == ImportState.DONE else _KINDS
    return [
        {"kind": kind.value, "title": title, "number": found.counts[kind]}
        for kind, title in titles.items()
    ]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    changes = [
        {
            "title": COLUMNS[change["field"]].title,
            "old": _persian(change["old"], change["field"]),
            "new": _persian(change["new"], change["field"]),
        }
        for change in row["changes"]
    ]
    return row | {"changes": changes}


def _persian(words: str, column: str) -> str:
    """Digits of people's own kind, and the point of a number as they write it."""
    return fa_digits(words.replace(".", "٫") if column in ("lat", "lon") else words)
