"""Page: one appointment of this office, whether its citizen has come or not, and its messages."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt_words import IDENTITIES
from nobat.people.models import IdentityKind
from nobat.shared.jalali import tehran_day
from nobat.shared.reference import is_reference
from nobat.web.access import OfficeRequest, clerk_only
from nobat.web.office.message_lines import message_lines

# As somebody at the desk says it.
STATES = {
    Status.BOOKED: "در انتظار",
    Status.CHECKED_IN: "پذیرش شد",
    Status.CANCELLED_BY_CITIZEN: "شهروند حذف کرد",
    Status.DISPLACED: "دفتر بسته شد؛ ساعت دیگری می‌گیرد",
    Status.NO_SHOW: "نیامد",
    Status.EXCUSED: "نیامد، بدون جریمه",
}


@require_safe
@clerk_only
def appointment(request: OfficeRequest, reference: str) -> HttpResponse:
    if not is_reference(reference):
        raise Http404
    with_all = Appointment.objects.select_related("citizen", "service", "visit")
    found = get_object_or_404(with_all, reference=reference, office=request.office)
    now = timezone.now()
    is_today = found.day == tehran_day(now)
    context = {
        "here": "calls" if found.status == Status.DISPLACED else "desk",
        "identity_label": IDENTITIES[IdentityKind(found.citizen.identity_kind)][0],
        "state": STATES[Status(found.status)],
        "may_come_now": is_today and found.status == Status.BOOKED,
        "is_today": is_today,
        **message_lines(found, now),
    }
    return render(request, "office/appointment.html", context)
