"""For machines that watch over us: is it alive, is it ready, how is it going."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nobat.appointments.models import Appointment
from nobat.sms.models import OutgoingSms, State

_METRICS = """\
# HELP nobat_sms_waiting Messages in the outbox that are not sent yet.
# TYPE nobat_sms_waiting gauge
nobat_sms_waiting {waiting}
# HELP nobat_sms_oldest_waiting_seconds Age of the oldest of them.
# TYPE nobat_sms_oldest_waiting_seconds gauge
nobat_sms_oldest_waiting_seconds {oldest:.0f}
# HELP nobat_appointments_booked_total Appointments ever made (the highest number).
# TYPE nobat_appointments_booked_total counter
nobat_appointments_booked_total {booked}
"""


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return _plain("live")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, else 503."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return _plain("the database does not answer", status=503)
    if missing:
        return _plain(f"{len(missing)} migrations are missing", status=503)
    return _plain("ready")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text; every number is read from an index, however large the table."""
    waiting = OutgoingSms.objects.filter(state=State.WAITING)
    oldest = waiting.aggregate(at=Min("queued_at"))["at"]
    return _plain(
        _METRICS.format(
            waiting=waiting.count(),
            oldest=(timezone.now() - oldest).total_seconds() if oldest else 0,
            booked=Appointment.objects.aggregate(last=Max("pk"))["last"] or 0,
        ),
        kind="text/plain; version=0.0.4; charset=utf-8",
    )


def _plain(
    text: str, *, status: int = 200, kind: str = "text/plain; charset=utf-8"
) -> HttpResponse:
    return HttpResponse(text, status=status, content_type=kind)
