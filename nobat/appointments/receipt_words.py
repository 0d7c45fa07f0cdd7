"""The words on a receipt, once for the page and once for the paper."""

from dataclasses import dataclass
from datetime import date

from nobat.appointments import policy
from nobat.appointments.models import Appointment
from nobat.offices.models import Service
from nobat.people.models import IdentityKind, Person
from nobat.shared.jalali import full_day, hour, jalali, short_day, tehran_day
from nobat.shared.persian import fa_digits, in_words
from nobat.shared.phone import grouped_phone
from nobat.shared.reference import grouped

HIDDEN = "•"
LONG_FROM_LETTERS = 320
# How a number is called on paper, how many signs it has, and what proves it at the desk.
IDENTITIES = {
    IdentityKind.NATIONAL: ("کد ملی", 10, "کارت ملی"),
    IdentityKind.FOREIGN_UNIQUE: ("کد یکتا", 12, "اصل مدرک شناسایی"),
    IdentityKind.FOREIGN_DOCUMENT: ("شمارهٔ مدرک", 8, "اصل گذرنامه یا کارت اقامت"),
}
SANA = "کد ثنا و رمز شخصی"
# What the lists of papers repeat for each service.
ALWAYS_SAID = {"کارت ملی و رسید نوبت", SANA}


@dataclass(frozen=True)
class ReceiptWords:
    """Everything as people read it. Numbers still need to be kept left to right."""

    reference: str
    day: str
    hours: str
    name: str
    identity_label: str
    identity: str
    office: str
    office_code: str
    address: str
    phone: str
    service: str
    cases: str
    bring: list[str]
    remember: list[str]
    given: str

    @property
    def is_long(self) -> bool:
        """Whether a printed page needs smaller letters; the PDF measures for itself."""
        told = (self.name, self.office, self.address, self.service, *self.bring)
        return sum(map(len, told)) > LONG_FROM_LETTERS


def receipt_words(appointment: Appointment) -> ReceiptWords:
    """Wants citizen, service and office with its county at hand."""
    citizen, office = appointment.citizen, appointment.office
    label, _, _ = IDENTITIES[IdentityKind(citizen.identity_kind)]
    return ReceiptWords(
        reference=fa_digits(grouped(appointment.reference)),
        day=full_day(appointment.day),
        hours=f"ساعت {hour(appointment.starts_at)} تا {hour(appointment.ends_at)}",
        name=citizen.full_name,
        identity_label=label,
        identity=masked_identity(citizen),
        office=office.name,
        office_code=fa_digits(office.code),
        address=f"{office.county.name}، {office.address}",
        phone=grouped_phone(office.phone),
        service=appointment.service.title,
        cases=cases_words(appointment.cases, appointment.day),
        bring=to_bring(citizen, appointment.service),
        remember=_to_remember(appointment),
        given=_given(appointment),
    )


def masked_identity(citizen: Person) -> str:
    """«•••••••۴۵۶»"""
    _, length, _ = IDENTITIES[IdentityKind(citizen.identity_kind)]
    tail = citizen.identity_tail
    return HIDDEN * (length - len(tail)) + fa_digits(tail)


def cases_words(cases: int, day: date) -> str:
    """«سه یا چهار»: how many take as many turns on that day."""
    per_turn = policy.rules_on(day).cases_per_turn
    return cases_span(*cases_of_turns(policy.turns_for(cases, day), per_turn))


def cases_of_turns(turns: int, per_turn: int) -> tuple[int, int]:
    """The fewest and the most cases for which so many turns are taken."""
    return (turns - 1) * per_turn + 1, turns * per_turn


def cases_span(low: int, high: int) -> str:
    """«دو», «یک یا دو», «یک تا سه»"""
    if low == high:
        return in_words(low)
    return f"{in_words(low)} {'یا' if high == low + 1 else 'تا'} {in_words(high)}"


def identity_card(citizen: Person) -> str:
    """What somebody shows at the desk beside the receipt."""
    return IDENTITIES[IdentityKind(citizen.identity_kind)][2]


def to_bring(citizen: Person, service: Service) -> list[str]:
    """The papers of the service, with the card that this citizen has."""
    first = [f"{identity_card(citizen)} و رسید نوبت"]
    sana = [SANA] if service.needs_sana else []
    return first + sana + [paper for paper in service.papers if paper not in ALWAYS_SAID]


def _to_remember(appointment: Appointment) -> list[str]:
    days = fa_digits(policy.rules_on(appointment.day).week_without_booking.days)
    return [
        "نوبت فقط برای صاحب همین نام است.",
        "اگر نمی‌آیید، آن را حذف کنید.",
        f"با نیامدن، {days} روز نوبت اینترنتی نمی‌گیرید.",
    ]


def _given(appointment: Appointment) -> str:
    at = appointment.status_changed_at
    act = "جابه‌جاشده" if appointment.moves else "گرفته‌شده"
    day = tehran_day(at)
    return f"{act} در {short_day(day)} {fa_digits(jalali(day)[0])}، ساعت {hour(at)}."
