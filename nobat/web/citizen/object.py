"""Page: a citizen tells the association why a week without booking is not right."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nobat.appointments.models import Objection, Suspension
from nobat.appointments.objection import (
    LONGEST,
    SHORTEST,
    AlreadyObjected,
    WeekIsOver,
    WrongLength,
    object_to_suspension,
)
from nobat.people.models import Person
from nobat.shared.persian import fa_digits
from nobat.shared.reference import is_reference
from nobat.web.access import citizen_only
from nobat.web.citizen.account_fields import TypedField

THANKS = "اعتراض شما ثبت شد. کانون آن را می‌خواند و پاسخ در همین صفحه نوشته می‌شود."


class ObjectionForm(forms.Form):
    text = TypedField(
        label="چه شد",
        help_text=f"در یک یا دو جمله، تا {fa_digits(LONGEST)} حرف. مثلاً: همان ساعت در دفتر بودم.",
        missing=f"چیزی نوشته نشده است. دست‌کم {fa_digits(SHORTEST)} حرف بنویسید.",
        widget=forms.Textarea,
        attrs={"rows": 4},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@citizen_only
def object_to_week(request: HttpRequest) -> HttpResponse:
    citizen: Person = request.user  # type: ignore[assignment]
    week = _week(request, citizen)
    form = ObjectionForm(request.POST or None)
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            object_to_suspension(suspension=week, text=text, citizen=citizen)
        except WrongLength as refusal:
            form.add_error("text", refusal.message)
        else:
            messages.success(request, THANKS)
            return redirect("citizen:my_appointments")
    context = {"here": "mine", "week": week, "form": form}
    return render(request, "citizen/object.html", context, status=422 if form.errors else 200)


def _week(request: HttpRequest, citizen: Person) -> Suspension:
    """The one whose appointment the address names, or the one that lasts longest.

    Somebody else's is not found. Raises WeekIsOver, AlreadyObjected.
    """
    own = Suspension.objects.of(citizen).explained()
    reference = request.GET.get("of", "")
    if reference:
        own = own.filter(cause__reference=reference)
        if not (is_reference(reference) and own):
            raise Http404
    week = own.running(timezone.now()).first()
    if week is None:
        raise WeekIsOver
    if Objection.objects.filter(suspension=week).exists():
        raise AlreadyObjected
    return week
