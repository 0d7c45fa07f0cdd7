"""Numbers for machines that watch over us: Prometheus text, and nothing of any person."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from nobat.shared.kept import Kept
from nobat.web.ask_database import ask_database
from nobat.web.metrics_of_days import of_days
from nobat.web.metrics_of_sms import of_sms
from nobat.web.metrics_of_upkeep import of_database, of_machine

KEPT_FOR_SECONDS = 5
# Each number is read from an index, however large the table.
_FROM_THE_DATABASE: list[Callable[[], Iterable[Metric]]] = [of_sms, of_days, of_database]
_kept: Kept[list[Metric]] = Kept(most=1, seconds=KEPT_FOR_SECONDS)


class _Found(NamedTuple):
    """What the package writes down: it asks a registry to collect."""

    metrics: list[Metric]

    def collect(self) -> list[Metric]:
        return self.metrics


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """What the processes of this machine have counted, whether the database answers or not;
    and, if it does, what stands there.
    """
    counted = MultiProcessCollector(None, str(settings.METRICS_DIR)).collect()
    found = [*counted, *of_machine(), *_of_all_machines()]
    return HttpResponse(generate_latest(_Found(found)), content_type=CONTENT_TYPE_LATEST)


def _of_all_machines() -> list[Metric]:
    state = ask_database()
    answers = not state.trouble
    help_ = "1: the database answers us, but nothing can be written."
    return [
        GaugeMetricFamily("nobat_database_up", "1: the database answers us.", int(answers)),
        GaugeMetricFamily("nobat_database_only_reads", help_, int(state.only_reads)),
        *(_kept.or_make("all", _read) if answers else []),
    ]


def _read() -> list[Metric]:
    return [metric for read in _FROM_THE_DATABASE for metric in read()]
