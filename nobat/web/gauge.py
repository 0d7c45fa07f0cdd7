"""A number of ours for each value of a label, as Prometheus reads it."""

from collections.abc import Mapping

from prometheus_client.core import GaugeMetricFamily, Metric


def gauge(name: str, help_: str, label: str, values: Mapping[str, float]) -> Metric:
    """Its name without the `nobat_` that all of ours begin with."""
    family = GaugeMetricFamily(f"nobat_{name}", help_, labels=[label])
    for of, value in values.items():
        family.add_metric([of], value)
    return family
