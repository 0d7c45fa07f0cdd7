"""Page for providers: what became of messages that we have sent."""

from collections.abc import Callable, Mapping
from functools import partial

from nobat.sms.delivery import note_reports
from nobat.sms.gateways import SmsGateway
from nobat.web.provider.address import Tells
from nobat.web.provider.listens import listens


@listens(Tells.REPORTS)
def reports(gateway: SmsGateway, form: Mapping[str, str]) -> Callable[[], int]:
    """One that comes before we have noted that the message was taken finds nothing here:
    ask_what_became learns the same a little later."""
    return partial(note_reports, gateway.name, gateway.reports(form))
