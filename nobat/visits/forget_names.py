"""The names of those who came without an appointment are kept for a while only."""

from django.conf import settings
from django.utils import timezone

from nobat.shared.jalali import tehran_day
from nobat.visits.models import Visit

KEPT_FOR = settings.KEPT.walk_in_names  # as long as a day can still be asked about


def forget_names_of_walk_ins() -> int:
    """Background job: empty them; returns how many there were."""
    old = Visit.objects.filter(appointment=None, day__lt=tehran_day(timezone.now()) - KEPT_FOR)
    return old.exclude(name="").update(name="")
