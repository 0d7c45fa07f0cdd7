"""Part of a page: where its citizen stands in today's queue, asked for again and again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from nobat.people.models import Person
from nobat.visits.place import HERE, places
from nobat.web.access import citizen_only
from nobat.web.citizen.own_appointment import own_appointment
from nobat.web.fragment import wants_part


@require_safe
@citizen_only
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Nothing when there is no news; the whole page anew when its other words are old."""
    citizen: Person = request.user  # type: ignore[assignment]
    appointment = own_appointment(citizen, reference)
    if not wants_part(request):
        return redirect("citizen:booked", reference)
    found = places([appointment], timezone.now()).get(appointment.pk)
    shown = request.GET.get("shown", "")
    if found is None or found.is_here != shown.startswith(HERE):
        return HttpResponseClientRefresh()
    if found.in_short == shown:
        return HttpResponse(status=204)
    return render(request, "citizen/_place_says.html", {"place": found})
