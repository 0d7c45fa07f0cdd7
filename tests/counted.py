"""What /metrics would say just now of what processes have counted themselves."""

from django.conf import settings
from prometheus_client import generate_latest
from prometheus_client.core import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector


def counted(line: str) -> float:
    """The number that stands behind these words; 0 if the line is not there."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(settings.METRICS_DIR))
    lines = generate_latest(registry).decode().splitlines()
    return next((float(each.split(" ")[-1]) for each in lines if each.startswith(f"{line} ")), 0)
