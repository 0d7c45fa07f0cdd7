"""Page: people whose hour a closure took and whom no SMS reaches; somebody here calls them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nobat.appointments.models import Proposal
from nobat.orders.call_list import call_list, tick_off
from nobat.sms.ledger import not_reached
from nobat.web.access import OfficeRequest, clerk_only


@require_safe
@clerk_only
def calls(request: OfficeRequest) -> HttpResponse:
    now = timezone.now()
    proposals = list(call_list(request.office))
    lost = not_reached(each.appointment.reference for each in proposals)
    people = [
        {
            "proposal": each,
            "is_held": each.is_held(now),
            "is_lost": each.appointment.reference in lost,
        }
        for each in proposals
    ]
    context = {"here": "calls", "people": people}
    return render(request, "office/calls.html", context)


@require_POST
@clerk_only
def called(request: OfficeRequest, proposal_id: int) -> HttpResponse:
    found = Proposal.objects.select_related("appointment__citizen")
    proposal = found.filter(lost_office=request.office, pk=proposal_id).first()
    if proposal is None:
        raise Http404
    if tick_off(proposal=proposal, by=request.user):
        messages.success(request, f"تماس با {proposal.appointment.citizen.full_name} ثبت شد.")
    else:
        messages.info(request, "تماس با این شخص پیش‌تر ثبت شده بود.")
    return redirect("office:calls")
