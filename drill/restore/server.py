"""The PostgreSQL server that is lost: with the archiving that deploy/backup asks for."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from drill.restore import CITY, PLACE, SERVER
from drill.restore.needs import Programs
from nobat.local_postgres.cluster import PORT, ROLE
from nobat.local_postgres.server import postmaster, processes
from nobat.local_postgres.user import let_through

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "backup"
COMES_BACK_WITHIN = 120  # seconds


class Failed(Exception):
    """A program ended badly; what it said last."""


class Server:
    """Started with the environment of pgBackRest, which its archiving runs."""

    def __init__(self, programs: Programs, environment: Mapping[str, str]) -> None:
        self.programs = programs
        self.environment = os.environ | environment

    def run(self, *command: str) -> str:
        """As the user of the server; raises Failed. Returns what was said."""
        user = self.programs.user
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=PLACE,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            **who,
        )
        if done.returncode:
            raise Failed(f"{command[0]}: {done.stderr or done.stdout}")
        return str(done.stdout)

    def make(self) -> None:
        """An empty server, in the place of whatever an earlier drill has left."""
        shutil.rmtree(PLACE, ignore_errors=True)
        for folder in (PLACE, SERVER.folder, SERVER.server, SERVER.socket_folder):
            folder.mkdir(parents=True, exist_ok=True)
            self.hand_over(folder)
        if self.programs.user:
            let_through(self.programs.user, [SERVER.server, SERVER.socket_folder])
        initdb = [self._program("initdb"), "--pgdata", str(SERVER.data), "--username", ROLE]
        self.run(*initdb, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "-k")
        with (SERVER.data / "postgresql.conf").open("a", encoding="ascii") as settings:
            settings.write((SHIPPED / "archiving.conf").read_text())
            settings.write(
                f"listen_addresses = ''\nport = {PORT}\nshared_buffers = 64MB\ntimezone = UTC\n"
                f"unix_socket_directories = '{SERVER.socket_folder}'\n"
            )

    def start(self) -> None:
        """Come back when it answers and can be written to: a restored one reads its log first."""
        log = ["-l", str(SERVER.log), "-w", "-t", str(COMES_BACK_WITHIN)]
        self.run(self._program("pg_ctl"), "-D", str(SERVER.data), *log, "start")
        began = time.monotonic()
        while self.ask("postgres", "SELECT pg_is_in_recovery()"):
            if time.monotonic() - began > COMES_BACK_WITHIN:
                raise Failed(f"still in recovery after {COMES_BACK_WITHIN} s; see {SERVER.log}")
            time.sleep(0.1)

    def stop(self) -> None:
        if postmaster(SERVER):
            self.run(self._program("pg_ctl"), "-D", str(SERVER.data), "-m", "fast", "-w", "stop")

    def burn(self) -> None:
        """The machine is gone: its processes at once, and every file of it."""
        for process in processes(SERVER):
            os.kill(process, signal.SIGKILL)
        while processes(SERVER):
            time.sleep(0.05)
        shutil.rmtree(SERVER.data)
        SERVER.data.mkdir(mode=0o700)
        self.hand_over(SERVER.data)

    def follow(self, file: str) -> None:
        """What deploy/backup tells operators to do next."""
        place = ["--host", str(SERVER.socket_folder), "--port", str(PORT), "--username", ROLE]
        told = (SHIPPED / file).read_text()
        self.run(self._program("psql"), *place, "-v", "ON_ERROR_STOP=1", "-c", told, CITY)

    def make_database(self) -> None:
        self.order("postgres", "CREATE DATABASE {}", CITY)

    def order(self, database: str, order: str, *names: str) -> None:
        with self._connected(database) as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))

    def ask(self, database: str, question: str) -> object:
        with self._connected(database) as connection:
            row = connection.execute(question).fetchone()
        return row[0] if row else None

    def count(self, database: str, question: str) -> int:
        return int(self.ask(database, question))

    def _connected(self, database: str) -> psycopg.Connection:
        return psycopg.connect(SERVER.database_url(database), autocommit=True)

    def _program(self, name: str) -> str:
        return str(self.programs.server / name)

    def hand_over(self, path: Path) -> None:
        if self.programs.user:
            os.chown(path, self.programs.user.pw_uid, self.programs.user.pw_gid)
