"""What `make run` starts: the database, the demo country, the web and the worker."""

import fcntl
import http.client
import io
import json
import os
import signal
import socket
import sys
import time
from contextlib import nullcontext
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import FrameType

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connections

from nobat import local_postgres
from nobat.demo.children import Children, KeepsDying, end_with_parent
from nobat.demo.providers.begin import begin_stand_ins
from nobat.metrics_folder import forget_counts

CHECKOUT = Path(__file__).resolve().parents[2]
VAR = CHECKOUT / "var"
HOST = "127.0.0.1"
COUNTRY = {"offices": 600, "days": 30}  # every county has one; takes some ten seconds
READY_WITHIN = timedelta(seconds=60)
MOST_ACCOUNTS = 12


class CannotServe(Exception):
    """Something outside of us has to be changed first; the message says what."""


OUTSIDE_OF_US = (
    CannotServe,
    CommandError,
    ImproperlyConfigured,
    KeepsDying,
    local_postgres.DidNotStart,
    local_postgres.NoServerUser,
)


def main() -> None:
    os.environ["DEMO"] = os.environ.get("DEMO") or "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nobat.settings")
    if "MAKELEVEL" in os.environ:
        end_with_parent(os.getppid())
    _listen_for_the_end()
    try:
        port = free_port(os.environ.get("PORT", "8000"))
        private = local_postgres.is_needed()
        with local_postgres.running() if private else nullcontext():
            set_up()
            serve(port)
    except OUTSIDE_OF_US as problem:
        sys.exit(f"make run: {problem}")


def _listen_for_the_end() -> None:
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup make run
        signal.signal(signal.SIGHUP, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    # Once is enough: whoever presses Ctrl-C twice still gets an orderly end.
    signal.signal(number, signal.SIG_IGN)
    sys.exit(0)


def free_port(wanted: str) -> int:
    if not wanted.isdecimal() or not 0 < int(wanted) < 65536:
        raise CannotServe(f"PORT={wanted} is not a port number.")
    port = int(wanted)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise CannotServe(
                f"Port {port} is taken by another program. Choose one: PORT={port + 1} make run"
            ) from None
    return port


def set_up() -> None:
    """The database as it has to be, the country in it, the static files in one place."""
    VAR.mkdir(exist_ok=True)
    with open(VAR / "set-up.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        django.setup()
        _say("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)
        collect_static_files()
        if settings.DEMO and not has_a_country():
            _say("Making a demo country (once) …")
            call_command("make_demo", **COUNTRY)
    connections.close_all()


def serve(port: int) -> None:
    forget_counts(settings.METRICS_DIR)
    children = Children()
    try:
        if settings.DEMO and not begin_stand_ins(f"http://{HOST}:{port}", children):
            _say("The stand-ins of the SMS providers did not get ready; going on without them.")
        children.start("web", web_command(port))
        children.start("worker", [sys.executable, "manage.py", "run_worker"])
        _wait_until_ready(port, children)
        _say(_welcome(port))
        while True:
            time.sleep(0.2)
            for name in children.start_the_dead_again():
                _say(f"{name} had ended; it was started again.")
    finally:
        children.end()


def web_command(port: int, workers: int = 2) -> list[str]:
    granian = str(Path(sys.executable).parent / "granian")
    options = {
        "--interface": "wsgi",
        "--host": HOST,
        "--port": str(port),
        "--workers": str(workers),
        # Each thread holds a database connection of its own.
        "--blocking-threads": "4",
        "--workers-kill-timeout": "10",
        "--http1-header-read-timeout": "10000",  # milliseconds; browsers need none of them
        "--log-level": "warning",
    }
    flat = [part for option in options.items() for part in option]
    return [granian, *flat, "--no-ws", "nobat.demo.web:application"]


def has_a_country() -> bool:
    return apps.get_model("offices", "Office").objects.exists()


def collect_static_files() -> None:
    """Only if one of them changed: compressing them takes a while."""
    stamp, digest = VAR / "static.stamp", _digest_of_static_files()
    if stamp.exists() and stamp.read_text() == digest:
        return
    _say("Gathering static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest)


def _digest_of_static_files() -> str:
    files = (
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    seen = (f"{file}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)
    return sha256("\n".join(sorted(seen)).encode()).hexdigest()


def _wait_until_ready(port: int, children: Children) -> None:
    began = time.monotonic()
    while not _is_ready(port):
        if time.monotonic() - began > READY_WITHIN.total_seconds():
            raise CannotServe("the web did not get ready; what it said stands above.")
        children.start_the_dead_again()
        time.sleep(0.1)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/healthz/ready")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _welcome(port: int) -> str:
    return "\n".join(
        [
            "",
            f"  Nobat            http://{HOST}:{port}/",
            f"  phones' SMS      http://{HOST}:{port}/demo/phone/",
            f"  SMS providers    http://{HOST}:{port}/demo/providers/",
            f"  staff sign in    http://{HOST}:{port}/office/sign-in/",
            f"  their codes      http://{HOST}:{port}/demo/authenticator/",
            "",
            *_accounts(),
            "",
            "  Ctrl-C ends it.",
        ]
    )


def _accounts() -> list[str]:
    if not settings.DEMO:
        return []
    answer = io.StringIO()
    call_command("demo_accounts", stdout=answer)
    connections.close_all()
    return [_account_line(account) for account in json.loads(answer.getvalue())[:MOST_ACCOUNTS]]


def _account_line(account: dict[str, str | None]) -> str:
    office = f"  office {account['office']}" if account.get("office") else ""
    totp = f"  totp {account['totp_secret']}" if account.get("totp_secret") else ""
    who = f"  {account['role']:<15}  {account['mobile']}  {account['password']}"
    return who + office + totp


def _say(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
