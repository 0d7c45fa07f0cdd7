"""Who keeps the system running: named by whoever has the machine, never by a page."""

from django.db import transaction
from django.utils import timezone

from nobat.journal.acts import Act
from nobat.journal.record import record
from nobat.offices.models import Operator
from nobat.offices.staff import WorksHereAlready
from nobat.people.models import Person


def add_operator(*, person: Person) -> Operator:
    """They may read at /operator/, with a second factor. WorksHereAlready if so before."""
    now = timezone.now()
    with transaction.atomic():
        operator, is_fresh = Operator.objects.get_or_create(person=person, defaults={"since": now})
        if not is_fresh:
            raise WorksHereAlready("این شخص همین حالا هم کارگاه سامانه را می‌بیند.")
        record(Act.STAFF_ADDED, person, by=None, at=now, role="operator")
    return operator
