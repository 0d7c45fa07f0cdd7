"""The association keeps the subjects of service: what they are called, what to bring."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Service
from nobat.offices.places import forget_choices
from nobat.people.models import Person
from nobat.shared.persian import fold_packed
from nobat.shared.rules import RuleBroken

_CODE = re.compile(r"[a-z][a-z0-9-]{1,49}")


class WrongServiceCode(RuleBroken):
    message = (
        "کد خدمت این‌گونه پذیرفته نمی‌شود. آن را با حرف‌های کوچک لاتین، رقم و خط تیره بنویسید؛ "
        "مانند petition."
    )
    status = 422


class ServiceCodeTaken(RuleBroken):
    message = "خدمت دیگری این کد را دارد. کد دیگری بنویسید."


class ServiceThereAlready(RuleBroken):
    message = (
        "خدمتی با همین عنوان هست. همان را ویرایش کنید، یا عنوان دیگری بنویسید که مردم آن دو را از "
        "هم بشناسند."
    )


class HeadIsNotBookable(RuleBroken):
    message = (
        "سرگروه فقط خدمت‌ها را کنار هم می‌آورد و برایش نوبت داده نمی‌شود. خدمت‌های زیرش را "
        "نوبت‌پذیر کنید."
    )


@dataclass(frozen=True, kw_only=True)
class ServiceDetails:
    """Cleaned for showing; a head has no papers and is never bookable."""

    title: str
    papers: list[str]
    needs_sana: bool
    is_bookable: bool


def add_service(
    *, code: str, parent: Service | None, details: ServiceDetails, by: Person
) -> Service:
    """A subject under a head, or with `parent` None a head; the last of its kind.

    No office offers it until its manager, or the association, says so. Raises
    WrongServiceCode, ServiceCodeTaken, ServiceThereAlready or HeadIsNotBookable.
    """
    if not _CODE.fullmatch(code):
        raise WrongServiceCode
    with transaction.atomic():
        others = list(Service.objects.order_by("pk").select_for_update(no_key=True))
        if code in {other.code for other in others}:
            raise ServiceCodeTaken
        last = Service.objects.aggregate(last=Max("position"))["last"] or 0
        service = Service(code=code, parent=parent, position=last + 1)
        _set(service, details, by)
    forget_choices()
    return service


def set_service(*, service: Service, details: ServiceDetails, by: Person) -> None:
    """Whoever has an appointment for it keeps it, also when it is bookable no more.

    Nothing is ever removed: the appointments of all years name their service. Raises
    ServiceThereAlready or HeadIsNotBookable.
    """
    with transaction.atomic():
        locked = Service.objects.order_by("pk").select_for_update(no_key=True)
        [still] = [each for each in locked if each.pk == service.pk]
        _set(still, details, by)
    forget_choices()


def _set(service: Service, details: ServiceDetails, by: Person) -> None:
    if details.is_bookable and service.parent_id is None:
        raise HeadIsNotBookable
    others = Service.objects.exclude(pk=service.pk).values_list("title", flat=True)
    if fold_packed(details.title) in map(fold_packed, others):
        raise ServiceThereAlready
    fields = [name for name, value in vars(details).items() if getattr(service, name) != value]
    if service.pk and not fields:
        return
    for name in fields:
        setattr(service, name, getattr(details, name))
    service.save()
    record(Act.SERVICE_SET, service, by=by, at=timezone.now(), code=service.code, fields=fields)
