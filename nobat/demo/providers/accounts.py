"""What `make run` says to web, worker and stand-ins: free ports, and accounts that it makes up.

Only where nobody has named a gateway; whoever has an account of their own uses that one.
"""

import secrets
import socket
from collections.abc import Mapping

HOST = "127.0.0.1"
GATEWAYS = (
    "nobat.sms.gateways.kavenegar.Kavenegar",
    "nobat.sms.gateways.magfa.Magfa",
    "nobat.sms.gateways.demo_phone.DemoPhone",  # should both stand-ins take nothing
)


def made_up_accounts(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that this environment lacks; none, if it names a gateway."""
    if environment.get("SMS_GATEWAY") or environment.get("SMS_GATEWAY_FILE"):
        return {}
    kavenegar, magfa, providers = _free_ports(3)
    return {
        "SMS_GATEWAY": ",".join(GATEWAYS),
        "KAVENEGAR_URL": f"http://{HOST}:{kavenegar}",
        "KAVENEGAR_API_KEY": secrets.token_hex(20),
        "KAVENEGAR_LINE": "30001234",
        "KAVENEGAR_CODE_TEMPLATE": "nobat-code",
        "MAGFA_URL": f"http://{HOST}:{magfa}",
        "MAGFA_USERNAME": "nobat",
        "MAGFA_DOMAIN": "demo",
        "MAGFA_PASSWORD": secrets.token_urlsafe(16),
        "MAGFA_LINE": "30005678",
        "DEMO_PROVIDERS_URL": f"http://{HOST}:{providers}",
    }


def _free_ports(how_many: int) -> list[int]:
    probes = [socket.socket() for _ in range(how_many)]
    try:
        for probe in probes:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
