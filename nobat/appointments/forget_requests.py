"""Presses of the booking button are remembered for two days, then forgotten."""

from django.conf import settings
from django.utils import timezone

from nobat.appointments.models import TurnRequest

REMEMBERED_FOR = settings.KEPT.requests


def forget_old_requests() -> int:
    """Background job: delete them; how many went."""
    old = TurnRequest.objects.filter(made_at__lte=timezone.now() - REMEMBERED_FOR)
    return old.delete()[0]
