"""Page for providers: messages that phones have sent to our line."""

from collections.abc import Callable, Mapping
from functools import partial

from nobat.sms.gateways import SmsGateway
from nobat.sms.incoming import receive_sms
from nobat.web.provider.address import Tells
from nobat.web.provider.listens import listens


@listens(Tells.INCOMING)
def incoming(gateway: SmsGateway, form: Mapping[str, str]) -> Callable[[], int]:
    """What they ask for is done by a job (appointments/answer_sms.py)."""
    return partial(receive_sms, gateway.name, gateway.incoming(form))
