"""A check-in from an hour without network reaches us when the network is back.

The page had checked the signature by itself (decision 20). Whether the appointment still
stood, nobody could know there: it is asked here, as of the moment of the scan.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import Receipt, read_receipt
from nobat.offices.models import Office
from nobat.people.models import Person
from nobat.shared.jalali import tehran_day
from nobat.shared.rules import RuleBroken
from nobat.visits.check_in import write_down, write_down_after_no_show
from nobat.visits.expected import AlreadyHere, NotStanding, expected
from nobat.visits.models import Visit

SENT_WITHIN = timedelta(days=2)
# The clock of the office's device was set by ours when its page was opened.
CLOCKS_DIFFER_BY = timedelta(minutes=2)


class WrongMoment(RuleBroken):
    status = 422
    message = (
        "زمان این پذیرش پذیرفتنی نیست. ساعت دستگاه جلو است یا زمان آن خوانده نمی‌شود. ساعت "
        "دستگاه را درست کنید؛ اگر مراجعه‌کننده هنوز این‌جاست، دوباره پذیرش کنید."
    )


class SentTooLate(RuleBroken):
    message = (
        "این پذیرش دیر رسید. بیش از دو روز از آن گذشته است و دیگر ثبت نمی‌شود. اگر "
        "مراجعه‌کننده جریمه شده است، از «نوبت‌های من» اعتراض کند."
    )


def check_in_later(*, office: Office, receipt: str, arrived_at: datetime, by: Person) -> Visit:
    """Give a number as of the moment of the scan; the same scan again gives the same visit.

    Only a receipt proves that somebody was there. If the day was ended meanwhile and they
    counted as not having come, their week without booking ends. Raises WrongMoment,
    SentTooLate, NotAReceipt, Forged, and the refusals of expected.py.
    """
    now = timezone.now()
    if arrived_at > now + CLOCKS_DIFFER_BY:
        raise WrongMoment
    if arrived_at < now - SENT_WITHIN:
        raise SentTooLate
    said = read_receipt(receipt)
    try:
        [appointment] = expected(office=office, text=receipt, now=arrived_at)
        return write_down(appointment, office, by, arrived_at=arrived_at, now=now)
    except AlreadyHere:
        if visit := _by_the_same_scan(office, said, arrived_at):
            return visit
        raise
    except NotStanding:
        missed = _counted_as_no_show(office, said, arrived_at)
        if missed is None:
            raise
        return write_down_after_no_show(missed, office, by, arrived_at=arrived_at, now=now)


def _by_the_same_scan(office: Office, said: Receipt, arrived_at: datetime) -> Visit | None:
    """Of two sendings of one scan, only the answer to the first may have been lost."""
    visits = Visit.objects.of_day(office, tehran_day(arrived_at))
    return visits.filter(appointment__reference=said.reference, arrived_at=arrived_at).first()


def _counted_as_no_show(office: Office, said: Receipt, arrived_at: datetime) -> Appointment | None:
    missed = Appointment.objects.filter(
        office=office, reference=said.reference, moves=said.moves, status=Status.NO_SHOW
    )
    return missed.select_related("citizen", "office").filter(day=tehran_day(arrived_at)).first()
