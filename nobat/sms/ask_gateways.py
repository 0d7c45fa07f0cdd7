"""Gateways are asked how they are: their credit every ten minutes, and when their rest is over."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from nobat.sms.alarm import set_alarm
from nobat.sms.choose import rest, rest_on, wake
from nobat.sms.gateways import NoCredit, SendFailed, SmsGateway, gateways_in_use
from nobat.sms.models import Gateway, Trouble

logger = logging.getLogger(__name__)

CREDIT_ASKED_EVERY = timedelta(minutes=10)


def ask_gateways() -> int:
    """Background job; returns how many were asked."""
    now = timezone.now()
    asked = 0
    for gateway in gateways_in_use():
        row, _ = Gateway.objects.get_or_create(name=gateway.name)
        if _is_due(row, now):
            asked += 1
            _ask(gateway, row, now)
    return asked


def _is_due(row: Gateway, now: datetime) -> bool:
    if row.rests_until is not None:
        return row.rests_until <= now
    return row.credit_asked_at is None or row.credit_asked_at <= now - CREDIT_ASKED_EVERY


def _ask(gateway: SmsGateway, row: Gateway, now: datetime) -> None:
    try:
        credit = gateway.credit()
    except NoCredit:
        credit = 0
    except SendFailed as failure:
        logger.warning("%s, asked for its credit: %s", gateway.name, failure.reason)
        Gateway.objects.filter(pk=row.pk).update(credit_asked_at=now)
        if row.rests_until is not None:  # else the messages find out that it does not take
            rest_on(row, now)
        return
    Gateway.objects.filter(pk=row.pk).update(credit=credit, credit_asked_at=now)
    is_low = credit is not None and 0 < credit < settings.SMS_LOW_CREDIT
    set_alarm(Trouble.LOW_CREDIT, gateway.name, while_true=is_low)
    _act_on(row, now, has_credit=credit != 0)


def _act_on(row: Gateway, now: datetime, *, has_credit: bool) -> None:
    if row.rests_until is None:
        if not has_credit:
            rest(row.name, Trouble.NO_CREDIT)  # before a message finds out
    elif has_credit:
        wake(row)
    else:
        rest_on(row, now)
