"""The machine with the application: HAProxy, PgBouncer, web, worker, stand-ins of providers."""

import http.client
import os
import subprocess
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path

from drill import network
from drill.engine import Engine, NotWhole, wait_until
from drill.machines import APP, CITIZENS
from drill.places import CHECKOUT
from drill.program import SERVER_USER, Program, below, on
from drill.templates import values_in

PORT = 8000
HOST = f"{APP.address}:{PORT}"
READY_WITHIN = 60  # seconds
_KEYS = ("KAVENEGAR_API_KEY", "MAGFA_PASSWORD")
_MIGRATOR_URL = "postgresql://nobat_migrator:{}@127.0.0.1:5000/nobat?sslmode=require"


class Site:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.settings = _settings()
        self.haproxy = self._program("haproxy", ["haproxy", "-db", "-f", self._file("haproxy.cfg")])
        self.pgbouncer = Program(
            "pgbouncer", APP, ["pgbouncer", "-q", self._file("pgbouncer.ini")], SERVER_USER
        )
        self.web = self._program("web", _web_command())
        self.worker = self._program("worker", [sys.executable, "manage.py", "run_worker"])
        self.providers = self._program("providers", [sys.executable, "manage.py", "run_providers"])
        self.programs = [self.haproxy, self.pgbouncer, self.providers, self.worker, self.web]

    def start(self) -> None:
        APP.folder.mkdir(parents=True)
        for file in ("haproxy.cfg", "pgbouncer.ini", "userlist.txt"):
            path = APP.folder / file
            path.write_text(self.engine.written(file, APP), encoding="utf-8")
        subprocess.run(["chown", "-R", f"{SERVER_USER}:", APP.folder], check=True)
        self.haproxy.start()
        self.pgbouncer.start()
        self.make_country()
        at_web = self.settings | values_in(self.engine.written("nobat.env", APP))
        at_worker = at_web | values_in(self.engine.written("worker.env", APP))
        self.web.environment = at_web
        self.worker.environment = at_worker
        self.providers.environment = at_worker
        for program in (self.providers, self.worker, self.web):
            program.start()
        wait_until(self.is_ready, READY_WITHIN, f"the web does not answer: {self.web.log}")

    def make_country(self) -> None:
        """By the migrator, past PgBouncer; then the roles are told of the new tables."""
        wait_until(
            self._has_a_primary, READY_WITHIN, f"HAProxy leads to no primary: {self.haproxy.log}"
        )
        self.run("drill.inside.country")
        self.engine.set_roles()
        self.engine.refuse_loose_roles()

    def end(self) -> None:
        for program in reversed(self.programs):
            program.end()

    def run(self, module: str, *words: str) -> str:
        """One of the programs of drill/inside; returns what it prints."""
        done = self._run_as_migrator("-m", module, *words)
        if done.returncode:
            raise NotWhole(f"{module}: {done.stdout}{done.stderr}")
        return done.stdout

    def check_integrity(self) -> str:
        """What operators run; empty if all holds."""
        done = self._run_as_migrator("manage.py", "check_integrity")
        return done.stdout + done.stderr if done.returncode else ""

    def is_ready(self) -> bool:
        return network.at(CITIZENS, _answers)

    def web_workers(self) -> list[int]:
        process = self.web.process
        return below(process.pid) if process else []

    def _has_a_primary(self) -> bool:
        return self._run_as_migrator("manage.py", "showmigrations", "journal").returncode == 0

    def _run_as_migrator(self, *words: str) -> subprocess.CompletedProcess[str]:
        """On the machine of the application, past PgBouncer."""
        url = _MIGRATOR_URL.format(self.engine.values["MIGRATOR_PASSWORD"])
        own = {"DATABASE_URL": url, "DATABASE_PREPARED": "1"}
        return subprocess.run(
            [*on(APP), sys.executable, *words],
            cwd=CHECKOUT,
            env=os.environ | self.settings | own,
            capture_output=True,
            text=True,
            check=False,
        )

    def _program(self, name: str, command: list[str]) -> Program:
        return Program(name, APP, command)

    def _file(self, name: str) -> str:
        return str(APP.folder / name)


def _answers() -> bool:
    with suppress(OSError, http.client.HTTPException):
        web = http.client.HTTPConnection(APP.address, PORT, timeout=5)
        web.request("GET", "/healthz/ready", headers={"Host": HOST})
        return web.getresponse().status == http.client.OK
    return False


def _web_command() -> list[str]:
    granian = str(Path(sys.executable).parent / "granian")
    options = {
        "--interface": "wsgi",
        "--host": APP.address,
        "--port": str(PORT),
        "--workers": "2",
        "--blocking-threads": "4",
        "--respawn-interval": "0.5",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    flat = [part for option in options.items() for part in option]
    # A worker that died is started again by its server, without the help of systemd.
    return [granian, *flat, "--respawn-failed-workers", "--no-ws", "nobat.wsgi:application"]


def _settings() -> dict[str, str]:
    """A demo only in that SMS go to stand-ins; keys are made anew each time."""
    made = {name: b64encode(os.urandom(32)).decode() for name in ("SECRET_KEY", "RECEIPT_KEY")}
    return {
        **made,
        "DATA_KEYS": f"1:{b64encode(os.urandom(32)).decode()}",
        "DEMO": "1",
        "HTTPS": "0",
        "ALLOWED_HOSTS": APP.address,
        "LOG_LEVEL": "warning",
        "DJANGO_SETTINGS_MODULE": "nobat.settings",
        "SMS_GATEWAY": "nobat.sms.gateways.kavenegar.Kavenegar,nobat.sms.gateways.magfa.Magfa",
        "KAVENEGAR_URL": "http://127.0.0.1:9001",
        "KAVENEGAR_LINE": "30001234",
        "MAGFA_URL": "http://127.0.0.1:9002",
        "MAGFA_USERNAME": "nobat",
        "MAGFA_DOMAIN": "drill",
        "MAGFA_LINE": "30005678",
        "DEMO_PROVIDERS_URL": "http://127.0.0.1:9003",
        **{name: os.urandom(16).hex() for name in _KEYS},
    }
