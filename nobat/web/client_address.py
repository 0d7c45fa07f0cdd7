"""From which address somebody comes, as far as we can trust what we are told."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
# One subscriber of IPv6 has this much to choose addresses from.
_ONE_SUBSCRIBER = 64


def client_address(request: HttpRequest) -> str:
    """By what somebody is counted: their address, or of IPv6 all that one subscriber has."""
    address = address_of_client(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _ONE_SUBSCRIBER), strict=False))
    return str(address) if address else _seen_by_us(request)


def address_of_client(request: HttpRequest) -> Address | None:
    """The address that our outermost proxy saw, or without proxies the one we see.

    Each of the TRUSTED_PROXIES adds one entry at the right end of X-Forwarded-For;
    whatever stands left of them came from the client and can be invented.
    """
    seen = [entry.strip() for entry in _forwarded(request)]
    proxies = settings.TRUSTED_PROXIES
    told = _plain(seen[-proxies]) if 0 < proxies <= len(seen) else None
    return told or _plain(_seen_by_us(request))


def _plain(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address  # mapped: as a server sees it that listens to both


def _forwarded(request: HttpRequest) -> list[str]:
    return request.headers.get("X-Forwarded-For", "").split(",")


def _seen_by_us(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")
