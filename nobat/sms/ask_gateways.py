"""Gateways are asked how they are: their credit every ten minutes, and when their rest is over."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from nobat.sms.alarm import end_alarm, set_alarm
from nobat.sms.choose import FAILURES_BEFORE_REST, FIRST_REST, LONGEST_REST, OUT_OF_ORDER, rest
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
        _rest_on(row, now)
        return
    Gateway.objects.filter(pk=row.pk).update(credit=credit, credit_asked_at=now)
    is_low = credit is not None and 0 < credit < settings.SMS_LOW_CREDIT
    set_alarm(Trouble.LOW_CREDIT, gateway.name, while_true=is_low)
    if credit != 0:
        _wake(row)
    elif row.rests_until is None:
        rest(row.name, Trouble.NO_CREDIT)  # before a message finds out
    else:
        _rest_on(row, now)


def _rest_on(row: Gateway, now: datetime) -> None:
    """Longer each time. One that is not resting finds out by the messages it does not take."""
    if row.rests_until is not None:
        until = now + min(FIRST_REST * 2 ** min(row.rests, 10), LONGEST_REST)
        Gateway.objects.filter(pk=row.pk, rests_until=row.rests_until).update(
            rests_until=until, rests=F("rests") + 1
        )


def _wake(row: Gateway) -> None:
    """It gets messages again; the first one that fails sends it back to rest."""
    if row.rests_until is None:
        return
    woken = Gateway.objects.filter(pk=row.pk, rests_until=row.rests_until)
    if woken.update(rests_until=None, reason="", failures=FAILURES_BEFORE_REST - 1):
        for trouble in OUT_OF_ORDER:
            end_alarm(trouble, row.name)
