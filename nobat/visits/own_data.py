"""Everything that is kept of one person, for that person (article 59 of the e-commerce law)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from nobat.appointments.models import Appointment, Suspension
from nobat.appointments.receipt_words import IDENTITIES
from nobat.journal.acts import Act
from nobat.journal.models import JournalEntry
from nobat.journal.record import name_of, record
from nobat.people.mobile import local_form
from nobat.people.models import IdentityKind, Person, SmsCode
from nobat.people.sessions import sessions_of
from nobat.people.sign_up import IDENTITY
from nobat.shared.sealed import unseal
from nobat.sms.models import IncomingSms, OutgoingSms
from nobat.visits.models import Visit

Value = str | int | datetime | date | None


class Section(NamedTuple):
    title: str
    rows: list[dict[str, Value]]


def take_own_data(*, person: Person) -> list[Section]:
    """Read and noted in the journal that it was taken. Who of others did something is not in
    it: only that it was not this person."""
    record(Act.DATA_TAKEN, person, by=person, at=timezone.now())
    turns = list(Appointment.objects.of(person).select_related("office", "service").order_by("pk"))
    return [
        Section("مشخصات", [_identity(person)]),
        Section("دستگاه‌هایی که وارد مانده‌اند", list(_devices(person))),
        Section("نوبت‌ها", list(_turns(turns))),
        Section("مراجعه‌ها", list(_visits(turns))),
        Section("هفته‌های بدون نوبت و اعتراض‌ها", list(_suspensions(person))),
        Section("پیامک‌هایی که برای شما رفته است", list(_sent(person, turns))),
        Section("پیامک‌هایی که شما فرستاده‌اید", list(_received(turns))),
        Section("دفتر رخدادها", list(_journal(person, turns))),
    ]


def _identity(person: Person) -> dict[str, Value]:
    label, _, _ = IDENTITIES[IdentityKind(person.identity_kind)]
    return {
        "نام": person.first_name,
        "نام خانوادگی": person.last_name,
        "ملیت": person.nationality,
        label: unseal(person.identity_sealed, IDENTITY),
        "موبایل": local_form(person.mobile),
        "عضو از": person.joined_at,
        "رمز عبور": "خود رمز نگه داشته نمی‌شود؛ فقط اثری که به آن برنمی‌گردد.",
    }


def _devices(person: Person) -> Iterator[dict[str, Value]]:
    for each in sessions_of(person):
        yield {
            "دستگاه": each.device,
            "ورود": each.started_at,
            "آخرین استفاده": each.seen_at,
            "تا": each.expire_date,
        }


def _turns(turns: list[Appointment]) -> Iterator[dict[str, Value]]:
    for each in turns:
        yield {
            "کد رهگیری": each.reference,
            "دفتر": each.office.title,
            "خدمت": each.service.title,
            "شمار پرونده": each.cases,
            "از": each.starts_at,
            "تا": each.ends_at,
            "وضعیت": each.get_status_display(),
            "دلیل": each.reason,
            "شمار جابه‌جایی": each.moves,
            "ثبت": each.booked_at,
            "آخرین تغییر": each.status_changed_at,
        }


def _visits(turns: list[Appointment]) -> Iterator[dict[str, Value]]:
    for each in Visit.objects.filter(appointment__in=turns).order_by("pk"):
        yield {
            "روز": each.day,
            "شماره": each.number,
            "رسیدن": each.arrived_at,
            "صدا زدن": each.called_at,
            "پایان": each.finished_at,
            "نتیجه": each.get_state_display(),
            "یادداشت دفتر": each.note,
        }


def _suspensions(person: Person) -> Iterator[dict[str, Value]]:
    for each in Suspension.objects.of(person).explained():
        objection = getattr(each, "objection", None)
        yield {
            "برای نوبت": each.cause.reference,
            "از": each.starts_at,
            "تا": each.until,
            "پایان زودتر": each.ended_at,
            "اعتراض شما": objection.text if objection else None,
            "زمان اعتراض": objection.made_at if objection else None,
            "پاسخ": objection.answer if objection else None,
            "زمان پاسخ": objection.decided_at if objection else None,
        }


def _sent(person: Person, turns: list[Appointment]) -> Iterator[dict[str, Value]]:
    """Those about the person and the turns, and the codes of the last day."""
    codes = SmsCode.objects.filter(mobile=person.mobile)
    about = [name_of(person), *map(name_of, codes), *(each.reference for each in turns)]
    found = OutgoingSms.objects.filter(about__in=about, to=person.mobile).defer("secret")
    for each in found.order_by("pk"):
        yield {
            "نوع": each.get_kind_display(),
            "صف": each.queued_at,
            "فرستادن": each.sent_at,
            "وضعیت": each.get_state_display(),
        }


def _received(turns: list[Appointment]) -> Iterator[dict[str, Value]]:
    found = IncomingSms.objects.filter(about__in=[each.reference for each in turns])
    for each in found.order_by("pk"):
        yield {
            "متن": each.text or "پاک شده است",
            "رسیدن": each.received_at,
            "خواسته": each.get_understood_display(),
        }


def _journal(person: Person, turns: list[Appointment]) -> Iterator[dict[str, Value]]:
    me = name_of(person)
    about = JournalEntry.objects.filter(subject__in=[me, *map(name_of, turns)])
    entries = about.union(JournalEntry.objects.filter(by=me)).order_by("at", "id")
    references = {name_of(each): each.reference for each in turns}
    for each in entries:
        yield {
            "زمان": each.at,
            "کار": each.get_act_display(),
            "از سوی": "شما" if each.by == me else "دیگری" if each.by else "سامانه",
            "نوبت": references.get(each.subject),
        }
