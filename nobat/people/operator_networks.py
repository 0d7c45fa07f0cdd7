"""Addresses behind which a mobile operator keeps thousands of citizens."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.conf import settings

Network = IPv4Network | IPv6Network


def is_of_mobile_operator(address: str) -> bool:
    """Whether this address, or this /64 of IPv6, lies in MOBILE_OPERATOR_NETWORKS."""
    try:
        seen = ip_network(address)
    except ValueError:  # a server that does not say who asks
        return False
    return any(
        _holds(network, seen) for network in _networks(tuple(settings.MOBILE_OPERATOR_NETWORKS))
    )


def _holds(network: Network, seen: Network) -> bool:
    return network.version == seen.version and seen.subnet_of(network)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _networks(texts: tuple[str, ...]) -> Sequence[Network]:
    return [ip_network(text) for text in texts]
