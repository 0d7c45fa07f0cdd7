"""How `make run` begins its stand-ins, before web and worker, which are told where they are."""

import os
import socket
import sys
import time
from datetime import timedelta
from urllib.parse import urlsplit

from nobat.demo.children import Children
from nobat.demo.providers.accounts import made_up_accounts

READY_WITHIN = timedelta(seconds=20)


def begin_stand_ins(site: str, children: Children) -> bool:
    """For all that are started after this; nothing if the environment names a gateway.

    Whether that went well: if they do not get ready, SMS go straight to the demo phone.
    """
    accounts = made_up_accounts(os.environ)
    if not accounts:
        return True
    os.environ.update(accounts)
    command = [sys.executable, "manage.py", "run_providers", "--site", site]
    child = children.start_dispensable("providers", command)
    began = time.monotonic()
    while time.monotonic() - began < READY_WITHIN.total_seconds() and child.is_running():
        if _answers(accounts["DEMO_PROVIDERS_URL"]):
            return True
        time.sleep(0.1)
    children.let_go(child)
    for name in accounts:
        del os.environ[name]
    return False


def _answers(url: str) -> bool:
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname, address.port), timeout=1).close()
    except OSError:
        return False
    return True
