"""What browsers are told to refuse, whatever a page says."""

from typing import Any

from csp.constants import NONE, SELF

A_YEAR = 31_536_000  # seconds


def content_security_policy(map_tiles_url: str) -> dict[str, Any]:
    """The setting CONTENT_SECURITY_POLICY: nothing but what our pages are made of."""
    tiles = "/".join(map_tiles_url.replace("{s}.", "").split("/")[:3])
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "font-src": [SELF],
            "img-src": [SELF, tiles] if tiles else [SELF],
            "connect-src": [SELF],  # parts of pages, and check-ins that waited for the network
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
        }
    }
