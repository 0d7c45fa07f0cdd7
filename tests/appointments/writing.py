"""Somebody writes an SMS to us, and the worker does what it asks for."""

from datetime import datetime
from uuid import uuid4

from nobat.appointments.answer_sms import answer_incoming_sms
from nobat.sms.gateways import Incoming
from nobat.sms.incoming import receive_sms
from nobat.sms.models import IncomingSms, Kind, OutgoingSms
from nobat.sms.texts import text_of


def send(sender: str, text: str, at: datetime | None = None) -> IncomingSms:
    """It has come, and nobody has read it yet."""
    provider_id = uuid4().hex
    receive_sms("outside", [Incoming(provider_id, sender, text, at)])
    return IncomingSms.objects.get(provider_id=provider_id)


def write(sender: str, text: str, at: datetime | None = None) -> IncomingSms:
    """It has come, and it was read."""
    sms = send(sender, text, at)
    answer_incoming_sms()
    sms.refresh_from_db()
    return sms


def answer_to(sms: IncomingSms) -> str | None:
    """What is on its way to whoever wrote it."""
    queued = OutgoingSms.objects.filter(kind=Kind.ANSWER, occasion=f"answer:{sms.pk}").first()
    return text_of(queued.kind, queued.params) if queued else None
