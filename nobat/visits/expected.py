"""Whom a scanned receipt, a typed tracking code or a national code means, and who is not expected.

The one place that says whether somebody may be checked in here and today.
"""

from datetime import datetime

from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import NotAReceipt, Receipt, read_receipt
from nobat.offices.models import Office
from nobat.people.national_id import is_national_code, plain_identity
from nobat.people.sign_up import IDENTITY
from nobat.shared.jalali import hour, long_day, tehran_day
from nobat.shared.persian import fa_digits, without_separators
from nobat.shared.reference import is_reference
from nobat.shared.rules import RuleBroken
from nobat.shared.sealed import digest

# A receipt's number is hundreds of digits long; no other number has more than these.
LONGEST_NUMBER = 20
SHORTEST_NUMBER = 5


class Unreadable(RuleBroken):
    status = 422
    message = (
        "این نه کد رهگیری است و نه کد ملی. شاید رقمی جا افتاده یا جابه‌جا شده باشد. از روی رسید "
        "یا کارت ملی دوباره بنویسید."
    )


class NobodyExpected(RuleBroken):
    status = 404
    message = (
        "با این شماره در این دفتر نوبتی نیست. اگر رسید دارد، کد آن را بخوانید تا معلوم شود نوبت "
        "کجاست؛ بدون نوبت هم می‌تواند در صف حضوری بنشیند."
    )


class OtherOffice(RuleBroken):
    """Carries no name: only where the holder of the code is expected."""


class OtherDay(RuleBroken):
    pass


class NotStanding(RuleBroken):
    """The appointment was deleted, has ended without a visit, or was given up by a closure."""


class OldReceipt(RuleBroken):
    """The appointment was moved after this receipt was given."""


class AlreadyHere(RuleBroken):
    pass


def expected(*, office: Office, text: str, now: datetime) -> list[Appointment]:
    """The appointments of today, at this office, that the text stands for; mostly one.

    Several only where a national code has two appointments today. Each comes with its
    citizen and service. Raises one of the refusals above, or NotAReceipt or Forged.
    """
    number = without_separators(text)
    if len(number) > LONGEST_NUMBER:
        receipt = read_receipt(text)
        return [_by_reference(office, receipt.reference, now, receipt)]
    if is_reference(number) and Appointment.objects.filter(reference=number).exists():
        return [_by_reference(office, number, now)]
    if is_national_code(text) or _may_be_foreign(text):
        return _by_identity(office, text, now)
    raise NobodyExpected if is_reference(number) else Unreadable


def refuse_unless_expected(appointment: Appointment, office: Office, now: datetime) -> None:
    """Say why this appointment is not checked in here and now, if it is not."""
    if appointment.office_id != office.pk:
        raise OtherOffice(
            f"این نوبت برای دفتر دیگری است. نوبت در {appointment.office.title}، "
            f"{appointment.office.county.name}، {_when(appointment)} است. همین‌جا می‌تواند در صف "
            "حضوری بنشیند؛ نوبت آن‌جا را باید خودش حذف کند."
        )
    if appointment.status == Status.CHECKED_IN:
        raise AlreadyHere(_already_here(appointment))
    if appointment.status != Status.BOOKED:
        raise NotStanding(_why_not_standing(appointment))
    today = tehran_day(now)
    if appointment.day < today:
        raise NotStanding(
            f"زمان این نوبت گذشته است. نوبت برای {_when(appointment)} بود. اگر هنوز کار دارد، در "
            "صف حضوری بنشیند."
        )
    if appointment.day > today:
        raise OtherDay(
            f"روزش امروز نیست. نوبت برای {_when(appointment)} است؛ همان روز بیاید. اگر امروز کار "
            "دارد، در صف حضوری بنشیند."
        )


def _by_reference(
    office: Office, reference: str, now: datetime, receipt: Receipt | None = None
) -> Appointment:
    appointment = _with_all().filter(reference=reference).first()
    if appointment is None:
        raise NotAReceipt
    if receipt and receipt.moves != appointment.moves:
        raise OldReceipt(
            "این رسید کهنه است. نوبت پس از چاپ آن جابه‌جا شده و اکنون در "
            f"{appointment.office.title}، {_when(appointment)} است. رسید تازه در «نوبت‌های من» است."
        )
    refuse_unless_expected(appointment, office, now)
    return appointment


def _by_identity(office: Office, text: str, now: datetime) -> list[Appointment]:
    mine = _with_all().filter(
        office=office, citizen__identity_digest=digest(plain_identity(text), IDENTITY)
    )
    today = tehran_day(now)
    of_today = list(mine.filter(day=today).order_by("starts_at"))
    if standing := [each for each in of_today if each.status == Status.BOOKED]:
        return standing
    other_day = mine.filter(day__gt=today, status=Status.BOOKED).order_by("starts_at").first()
    for appointment in [*of_today[-1:], other_day]:
        if appointment:
            refuse_unless_expected(appointment, office, now)
    raise NobodyExpected


def _with_all():  # type: ignore[no-untyped-def]
    return Appointment.objects.select_related(
        "citizen", "service", "office__county", "visit__recorded_by"
    )


def _may_be_foreign(text: str) -> bool:
    number = plain_identity(text)
    is_document = number.isascii() and number.isalnum() and not number.isdigit()
    return len(number) >= SHORTEST_NUMBER and (is_document or len(number) == 12)


def _already_here(appointment: Appointment) -> str:
    visit = appointment.visit
    return (
        f"پیش‌تر پذیرش شده است. {visit.recorded_by.full_name} ساعت {hour(visit.arrived_at)} با "
        f"شمارهٔ {fa_digits(visit.number)} پذیرش کرد. کارت ملی را دوباره نگاه کنید."
    )


def _why_not_standing(appointment: Appointment) -> str:
    at = f"{long_day(tehran_day(appointment.status_changed_at))}"
    first = {
        Status.CANCELLED_BY_CITIZEN: f"این نوبت حذف شده است. صاحب نوبت آن را {at} حذف کرد.",
        Status.DISPLACED: f"این نوبت برقرار نیست. دفتر {at} آن ساعت را بسته است.",
        Status.NO_SHOW: f"زمان این نوبت گذشته است. {at} نیامدن ثبت شد.",
        Status.EXCUSED: "زمان این نوبت گذشته است. نیامدن به آن جریمه‌ای نداشت.",
    }[Status(appointment.status)]
    return f"{first} اگر هنوز کار دارد، در صف حضوری بنشیند."


def _when(appointment: Appointment) -> str:
    return f"{long_day(appointment.day)}، ساعت {hour(appointment.starts_at)}"
