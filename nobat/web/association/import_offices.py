"""Page: a list of offices is sent as a file; nothing changes before it has been looked at."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nobat.offices.import_offices import imports_of, preview_import
from nobat.offices.office_columns import COLUMNS
from nobat.offices.spreadsheet import MOST_BYTES
from nobat.shared.rules import RuleBroken
from nobat.web.access import AssociationRequest, association_only

_MISTAKE = 422
_LATEST = 5


class FileForm(forms.Form):
    file = forms.FileField(
        label="فایل",
        help_text="CSV یا XLSX، تا ۵ مگابایت.",
        error_messages={
            "required": "فایل را انتخاب کنید.",
            "invalid": "فایل را انتخاب کنید.",
            "missing": "فایل را انتخاب کنید.",
            "empty": "این فایل خالی است. فایل دیگری انتخاب کنید.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@association_only
def import_offices(request: AssociationRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=_MISTAKE)
    file = form.cleaned_data["file"]
    try:
        preview = preview_import(
            content=file.read(MOST_BYTES + 1),
            file_name=file.name,
            by=request.user,
            province=request.member.province,
        )
    except RuleBroken as refusal:
        form.add_error("file", refusal.message)
        return _page(request, form, status=refusal.status)
    return redirect("association:office_import", preview.pk)


def _page(request: AssociationRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
    latest = imports_of(request.member).defer("rows").order_by("-at")[:_LATEST]
    context = {
        "here": "offices",
        "form": form,
        "columns": [column.title for column in COLUMNS.values()],
        "latest": latest,
    }
    return render(request, "association/import_offices.html", context, status=status)
