"""What /metrics says."""

from django.test import Client

from nobat.shared import kept


def lines(client: Client) -> set[str]:
    kept.forget()
    return set(client.get("/metrics").content.decode().splitlines())
