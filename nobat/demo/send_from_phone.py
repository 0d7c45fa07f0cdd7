"""A phone of the demo sends a text to our line."""

from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from nobat.people.mobile import mobile_number
from nobat.sms.gateways import Incoming
from nobat.sms.incoming import receive_sms

PROVIDER = "demo"


@require_POST
def send_from_phone(request: HttpRequest) -> HttpResponse:
    """As if a provider had handed it over; raises NotAMobile."""
    if not settings.DEMO:
        raise Http404
    mobile = mobile_number(request.POST.get("mobile", ""))
    text = request.POST.get("text", "").strip()
    if text:
        receive_sms(PROVIDER, [Incoming(uuid4().hex, mobile, text)])
    return HttpResponseRedirect(f"{reverse('demo:phone')}?{urlencode({'mobile': mobile})}")
