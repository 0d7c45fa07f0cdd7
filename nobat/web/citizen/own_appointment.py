"""One of the citizen's own appointments; anybody else's is not there."""

from datetime import datetime

from django.http import Http404

from nobat.appointments.models import Appointment, NotPossibleNow, Status
from nobat.people.models import Person
from nobat.shared.reference import is_reference

WHY_NOT = {
    Status.BOOKED: (
        "ساعت این نوبت رسیده است. فقط تا پیش از ساعت نوبت می‌شود آن را حذف یا جابه‌جا کرد. "
        "اگر هنوز نرفته‌اید، زودتر خود را به دفتر برسانید."
    ),
    Status.CANCELLED_BY_CITIZEN: (
        "این نوبت پیش‌تر حذف شده است. کار دیگری لازم نیست و جریمه‌ای هم ندارد. برای نوبت "
        "تازه، دفتر و ساعت را انتخاب کنید."
    ),
    Status.CHECKED_IN: (
        "آمدن شما به دفتر ثبت شده است. نوبتی که به آن رسیده‌اید حذف یا جابه‌جا نمی‌شود. برای "
        "کار دیگر، نوبت تازه بگیرید."
    ),
    Status.EXCUSED: (
        "زمان این نوبت گذشته است و نیامدن به آن جریمه‌ای ندارد. نوبت گذشته حذف یا جابه‌جا "
        "نمی‌شود. برای کار خود نوبت تازه بگیرید."
    ),
    Status.NO_SHOW: (
        "زمان این نوبت گذشته و حضور شما در دفتر ثبت نشده است. نوبت گذشته حذف یا جابه‌جا "
        "نمی‌شود. وضعیت آن را در «نوبت‌های من» ببینید."
    ),
}


def own_appointment(citizen: Person, reference: str) -> Appointment:
    """With office, county, service, visit. A stranger's is not found, like one that never was."""
    if not is_reference(reference):
        raise Http404
    appointment = (
        Appointment.objects.of(citizen)
        .select_related("office__county", "service", "visit")
        .filter(reference=reference)
        .first()
    )
    if appointment is None:
        raise Http404
    appointment.citizen = citizen
    return appointment


def refuse_if_over(appointment: Appointment, now: datetime) -> None:
    """Raise NotPossibleNow, saying why, if it can no longer be moved or deleted."""
    if not appointment.can_be_changed(now):
        raise NotPossibleNow(WHY_NOT.get(Status(appointment.status)))
