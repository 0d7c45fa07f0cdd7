"""The engine: three databases with Patroni, and the three etcd that keep the lock."""

import json
import os
import secrets
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from drill import network
from drill.disk import Disk
from drill.machines import APP, DATABASES, ETCDS, INSIDE, NETWORK, Machine
from drill.places import LOGS, PATRONI, SHIPPED, VAR
from drill.program import SERVER_USER, Program, below, kill_all, on
from drill.templates import fill

READY_WITHIN = 90  # seconds
WHOLE_WITHIN = 120
_PASSWORDS = ("SUPERUSER", "REPLICATOR", "REWINDER", "APP", "MIGRATOR", "READER", "BACKUP")


class NotWhole(Exception):
    """The cluster did not become, or did not become again, what it has to be."""


class Engine:
    def __init__(self, python: str, postgresql: Path) -> None:
        self.postgresql = postgresql
        self.values = {
            **{f"{name}_PASSWORD": secrets.token_hex(16) for name in _PASSWORDS},
            **{f"DATABASE_{number}": each.address for number, each in enumerate(DATABASES, 1)},
            **{f"ETCD_{number}": each.address for number, each in enumerate(ETCDS, 1)},
            "NETWORK": NETWORK,
            "POSTGRESQL": str(postgresql),
            "SHARED_BUFFERS": "64MB",
            "MAX_WAL_SIZE": "256MB",
            "POOL": "12",
            "STRICT": "false",
            "WATCHDOG": "off",  # a namespace cannot restart itself
        }
        self.python = python
        self.etcds = [
            Program(
                "etcd", each, ["etcd", "--config-file", str(each.folder / "etcd.yml")], "postgres"
            )
            for each in ETCDS
        ]
        self.patronis = [
            Program(
                "patroni",
                each,
                [python, "-m", "patroni", str(each.folder / "patroni.yml")],
                SERVER_USER,
                {"PYTHONPATH": str(PATRONI)},
            )
            for each in DATABASES
        ]
        self.disks = {each: Disk(each.folder) for each in DATABASES}

    def start(self) -> None:
        """As `deploy/country/README.md` says it, from certificates to roles."""
        names = [f"{each.name}={each.address}" for each in INSIDE]
        subprocess.run([SHIPPED / "make_certificates.sh", VAR / "tls", *names], check=True)
        (VAR / "tls").chmod(0o711)
        for machine in [*DATABASES, *ETCDS]:
            self._make_folder(machine)
        for program in [*self.etcds, *self.patronis]:
            program.start()
        self.wait_until_whole(READY_WITHIN)
        self.ask_superuser("CREATE DATABASE nobat", database="postgres")
        self.set_roles()

    def end(self) -> None:
        for program in [*self.patronis, *self.etcds]:
            program.end()
        for machine, disk in self.disks.items():
            kill_all(self.postgres_of(machine))
            disk.take_away()

    def written(self, template: str, machine: Machine) -> str:
        own = {
            "NAME": machine.name,
            "ADDRESS": machine.address,
            "FOLDER": str(machine.folder),
            "TLS": str(machine.certificates),
        }
        return fill((SHIPPED / f"{template}.in").read_text(encoding="utf-8"), self.values | own)

    def set_roles(self) -> None:
        """Also after a migration."""
        passwords = {name: self.values[name] for name in self.values if name.endswith("_PASSWORD")}
        self._psql("nobat", ["--file", "-"], (SHIPPED / "roles.sql").read_text(), passwords)

    def refuse_loose_roles(self) -> None:
        """Raises NotWhole with what a role may do and should not, or the other way round."""
        loose = self._psql("nobat", ["--file", "-"], (SHIPPED / "roles_check.sql").read_text())
        if loose:
            raise NotWhole(f"roles: {loose}")

    def ask_superuser(self, order: str, *, database: str = "nobat") -> str:
        return self._psql(database, ["--no-align", "--tuples-only", "--command", order])

    def members(self) -> list[dict[str, Any]]:
        """What any of the databases says of all; nothing if none answers."""
        return network.at(APP, self._members)

    def primary(self) -> Machine | None:
        leaders = [each["name"] for each in self.members() if each["role"] == "leader"]
        return next((each for each in DATABASES if leaders == [each.name]), None)

    def needed_primary(self) -> Machine:
        primary = self.primary()
        if primary is None:
            raise NotWhole("nobody is the primary")
        return primary

    def is_whole(self) -> bool:
        """One primary, two that follow it on its timeline, and one of them confirms commits."""
        members = self.members()
        roles = sorted(each["role"] for each in members)
        states = {each["state"] for each in members if each["role"] != "leader"}
        timelines = {each.get("timeline") for each in members}
        return (
            len(members) == len(DATABASES)
            and roles.count("leader") == 1
            and len([role for role in roles if role in ("quorum_standby", "sync_standby")]) >= 1
            and states == {"streaming"}
            and len(timelines) == 1
        )

    def wait_until_whole(self, seconds: float = WHOLE_WITHIN) -> None:
        wait_until(self.is_whole, seconds, f"the cluster is not whole; see {LOGS}")

    def postgres_of(self, machine: Machine) -> list[int]:
        """The server and all its processes; none if it is down."""
        with suppress(OSError, IndexError, ValueError):
            server = int((machine.folder / "data/postmaster.pid").read_text().split("\n")[0])
            if str(machine.folder) in Path(f"/proc/{server}/cmdline").read_text():
                return [server, *below(server)]
        return []

    def patroni_of(self, machine: Machine) -> Program:
        return next(each for each in self.patronis if each.machine == machine)

    def switch_over(self) -> None:
        primary = self.needed_primary()
        config = str(primary.folder / "patroni.yml")
        ctl = [self.python, str(PATRONI / "bin/patronictl"), "-c", config]
        subprocess.run(
            [*on(primary, SERVER_USER), *ctl, "switchover", "--force"],
            env=os.environ | {"PYTHONPATH": str(PATRONI)},
            check=True,
            capture_output=True,
        )

    def _make_folder(self, machine: Machine) -> None:
        machine.folder.mkdir(parents=True)
        if machine in self.disks:
            self.disks[machine].lay()
        template = "patroni.yml" if machine in DATABASES else "etcd.yml"
        (machine.folder / template).write_text(self.written(template, machine), encoding="utf-8")
        subprocess.run(["chown", "-R", f"{SERVER_USER}:", machine.folder], check=True)
        subprocess.run(["chown", "-R", f"{SERVER_USER}:", machine.certificates], check=True)
        machine.folder.chmod(0o700)

    def _members(self) -> list[dict[str, Any]]:
        trusting = ssl.create_default_context(cafile=str(APP.certificates / "ca.crt"))
        for machine in DATABASES:
            address = f"https://{machine.address}:8008/cluster"
            with suppress(OSError, ValueError), _asked(address, trusting) as answer:
                members: list[dict[str, Any]] = json.load(answer)["members"]
                return members
        return []

    def _psql(
        self,
        database: str,
        words: list[str],
        said: str = "",
        environment: dict[str, str] | None = None,
    ) -> str:
        primary = self.needed_primary()
        psql = [str(self.postgresql / "psql"), "--no-psqlrc", "--quiet", "-h", str(primary.folder)]
        asked = subprocess.run(
            [*on(primary, SERVER_USER), *psql, "-v", "ON_ERROR_STOP=1", "-d", database, *words],
            input=said,
            env=os.environ | (environment or {}),
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode:
            raise NotWhole(f"psql: {asked.stderr.strip()}")
        return asked.stdout.strip()


def wait_until(holds: Callable[[], object], seconds: float, otherwise: str) -> None:
    """Raises NotWhole, which says what does not hold."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise NotWhole(f"not within {seconds:.0f} s: {otherwise}")
        time.sleep(0.5)


def _asked(address: str, trusting: ssl.SSLContext) -> Any:
    return urllib.request.urlopen(address, timeout=2, context=trusting)  # noqa: S310 (https alone)
