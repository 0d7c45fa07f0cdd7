"""What people were told and what phones have told us, to be read."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from nobat.sms.lanes import Lane
from nobat.sms.models import NOT_REACHED, IncomingSms, OutgoingSms
from nobat.sms.texts import text_of


class Line(NamedTuple):
    """One message, to a phone or from one."""

    at: datetime
    sms: OutgoingSms | None
    incoming: IncomingSms | None
    text: str  # none, where it may hold a code or a password, or is not kept


def lines_about(reference: str) -> list[Line]:
    """All about one appointment, of both ways, the newest first."""
    sent = OutgoingSms.objects.filter(about=reference).defer("secret")
    received = IncomingSms.objects.filter(about=reference)
    lines = [line_of(sms) for sms in sent]
    lines += [Line(each.received_at, None, each, each.text) for each in received]
    return sorted(lines, key=_order, reverse=True)


def line_of(sms: OutgoingSms) -> Line:
    return Line(sms.queued_at, sms, None, text_as_sent(sms))


def text_as_sent(sms: OutgoingSms) -> str:
    """What its citizen has read; nothing of codes and accounts, whatever they said."""
    if sms.lane == Lane.CODES:
        return ""
    try:
        return text_of(sms.kind, sms.params)
    except (KeyError, TypeError, ValueError):
        return ""  # of an older form, or a kind without a text


def not_reached(references: Iterable[str]) -> set[str]:
    """Those of the appointments of which the newest message did not arrive."""
    about = OutgoingSms.objects.filter(about__in=list(references))
    newest = about.order_by("about", "-queued_at", "-pk").distinct("about")
    return {
        reference
        for reference, state in newest.values_list("about", "state")
        if state in NOT_REACHED
    }


def _order(line: Line) -> tuple[datetime, int]:
    row = line.sms or line.incoming
    return line.at, row.pk if row else 0
