"""From which address somebody comes, as far as we can trust what we are told."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# One subscriber of IPv6 has this much to choose addresses from.
_ONE_SUBSCRIBER = 64


def client_address(request: HttpRequest) -> str:
    """The address that our outermost proxy saw, or without proxies the one we see.

    Each of the TRUSTED_PROXIES adds one entry at the right end of X-Forwarded-For;
    whatever stands left of them came from the client and can be invented.
    """
    seen = [entry.strip() for entry in _forwarded(request)]
    proxies = settings.TRUSTED_PROXIES
    trusted = seen[-proxies] if 0 < proxies <= len(seen) else _seen_by_us(request)
    try:
        address = ip_address(trusted)
    except ValueError:
        return _seen_by_us(request)
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:  # as a server sees it that listens to both
            return str(address.ipv4_mapped)
        return str(ip_network((address, _ONE_SUBSCRIBER), strict=False))
    return str(address)


def _forwarded(request: HttpRequest) -> list[str]:
    return request.headers.get("X-Forwarded-For", "").split(",")


def _seen_by_us(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")
