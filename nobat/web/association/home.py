"""Page: what waits for a decision of the association, and the way to each part of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nobat.appointments.models import Objection
from nobat.offices.association import offices_of
from nobat.schedule.closure_models import OrderState
from nobat.schedule.models import Holiday
from nobat.shared.jalali import tehran_day
from nobat.sms.how_it_goes import open_alarms
from nobat.visits.unanswered_days import unanswered_days
from nobat.web.access import AssociationRequest, association_only
from nobat.web.association.alarm_words import in_words
from nobat.web.association.closures import orders_of


@require_safe
@association_only
def home(request: AssociationRequest) -> HttpResponse:
    now = timezone.now()
    offices = offices_of(request.member)
    objections = Objection.objects.filter(is_accepted=None, suspension__cause__office__in=offices)
    holidays = Holiday.objects.filter(is_estimated=True, day__gt=tehran_day(now))
    context = {
        "here": "home",
        "objections": objections.count(),
        "unanswered": unanswered_days(now).filter(office__in=offices).count(),
        "estimated": holidays.count(),
        "next_estimated": holidays.order_by("day").first(),
        "offices": offices.open().count(),
        "running": orders_of(request).filter(state=OrderState.RUNNING).count(),
        # What holds for the whole country is not a province's to mend.
        "alarms": [] if request.member.province_id else in_words(open_alarms()),
    }
    return render(request, "association/home.html", context)
