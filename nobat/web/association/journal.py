"""Page: who did what, to which appointment or office, when; the newest first."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nobat.appointments.models import Appointment
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import record
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.journal_lines import lines_of
from nobat.web.association.journal_search import JournalForm, found_entries, page_of
from nobat.web.association.staff_choices import staff_with_mobile
from nobat.web.citizen.account_fields import MobileField

_MISTAKE = 422


class PersonForm(forms.Form):
    """Sent apart from the rest, and not in an address: it asks for a number of somebody."""

    mobile = MobileField(
        autocomplete="off", help_text="شمارهٔ کسی که کارش را می‌خواهید؛ از کارکنان دفترها یا کانون."
    )


@require_safe
@association_only
def journal(request: AssociationRequest) -> HttpResponse:
    # A page without a search is one with an empty search.
    form = JournalForm(request.GET, member=request.member)
    if not form.is_valid():
        return _page(request, form, PersonForm(), [], "", status=_MISTAKE)
    before = request.GET.get("before", "")
    if not before:
        _note_whose_details_are_seen(request, form)
    entries, next_before = page_of(found_entries(form), before)
    return _page(request, form, PersonForm(), entries, next_before, status=200)


@require_POST
@association_only
def journal_of_person(request: AssociationRequest) -> HttpResponse:
    """The number becomes that of a row, which may stand in an address."""
    asked = PersonForm(request.POST)
    if asked.is_valid():
        person = staff_with_mobile(request.member, asked.cleaned_data["mobile"])
        if person:
            return redirect(f"{reverse('association:journal')}?{urlencode({'by': person.pk})}")
        asked.add_error("mobile", "کسی از کارکنان با این شماره پیدا نشد. شماره را دوباره ببینید.")
    form = JournalForm({}, member=request.member)
    return _page(request, form, asked, [], "", status=_MISTAKE)


def _note_whose_details_are_seen(request: AssociationRequest, form: JournalForm) -> None:
    about, by = form.cleaned_data["about"], form.cleaned_data["by"]
    now = timezone.now()
    if isinstance(about, Appointment):
        record(Act.DETAILS_SEEN, about, by=request.user, at=now, page="journal")
    if by:
        record(Act.DETAILS_SEEN, by, by=request.user, at=now, page="journal")


def _page(
    request: AssociationRequest,
    form: JournalForm,
    person_form: PersonForm,
    entries: list[JournalEntry],
    before: str,
    *,
    status: int,
) -> HttpResponse:
    asked = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    context = {
        "here": "journal",
        "form": form,
        "person_form": person_form,
        "lines": lines_of(entries),
        "is_search": bool(asked),
        "is_first": "before" not in request.GET,
        "first_page": f"?{urlencode(asked)}",
        "next_page": f"?{urlencode(asked | {'before': before})}" if before else "",
    }
    return render(request, "association/journal.html", context, status=status)
