"""The backups of the drill: pgBackRest as deploy/backup sets it up, with paths of its own."""

import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime

from drill.restore import PLACE, SERVER
from drill.restore.server import SHIPPED, Server
from nobat.local_postgres.cluster import PORT, ROLE

REPOSITORY = PLACE / "repository"
SECRETS = PLACE / "conf.d"
_FOLDERS = {"LOG": "log", "LOCK": "lock", "SPOOL": "spool"}


def environment() -> Mapping[str, str]:
    """What differs from the files that an operator installs: the places, and nothing else."""
    return {
        "PGBACKREST_CONFIG": str(PLACE / "pgbackrest.conf"),
        "PGBACKREST_CONFIG_INCLUDE_PATH": str(SECRETS),
        "PGBACKREST_STANZA": "nobat",
        "PGBACKREST_REPO1_PATH": str(REPOSITORY),
        "PGBACKREST_PG1_PATH": str(SERVER.data),
        "PGBACKREST_PG1_SOCKET_PATH": str(SERVER.socket_folder),
        "PGBACKREST_PG1_PORT": str(PORT),
        "PGBACKREST_PG1_USER": ROLE,
        **{f"PGBACKREST_{name}_PATH": str(PLACE / name_) for name, name_ in _FOLDERS.items()},
    }


class Backups:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.program = server.programs.pgbackrest

    def make(self) -> None:
        """An empty repository that can only be read with a pass phrase made just now."""
        shutil.copy(SHIPPED / "pgbackrest.conf", PLACE)
        for folder in (REPOSITORY, SECRETS, *(PLACE / name for name in _FOLDERS.values())):
            folder.mkdir()
            self.server.hand_over(folder)
        self._write_pass_phrase(secrets.token_urlsafe(48))

    def begin(self) -> None:
        """With a server that runs: the repository learns of it, and archiving is tried."""
        self.server.run(self.program, "stanza-create")
        self.server.run(self.program, "check")

    def take(self) -> None:
        self.server.run(self.program, "--type=full", "backup")

    def restore(self, until: datetime | None = None) -> None:
        """The server must be stopped. Without a moment: all that has been archived."""
        self.server.run(self.program, "--delta", *_target(until), "restore")

    def are_closed_to_others(self) -> bool:
        """Whether the list of backups can be read with our pass phrase, and with no other one."""
        ours = (SECRETS / "secret.conf").read_text()
        is_open_to_us = self._are_listed()
        self._write_pass_phrase(secrets.token_urlsafe(48))
        is_open_to_others = self._are_listed()
        self._write(ours)
        return is_open_to_us and not is_open_to_others

    def _are_listed(self) -> bool:
        return "full backup" in self.server.run(self.program, "info")

    def megabytes(self) -> float:
        files = (path for path in REPOSITORY.rglob("*") if path.is_file())
        return sum(path.stat().st_size for path in files) / 1_000_000

    def _write_pass_phrase(self, phrase: str) -> None:
        self._write(f"[global]\nrepo1-cipher-pass={phrase}\n")

    def _write(self, text: str) -> None:
        secret = SECRETS / "secret.conf"
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(text)
        self.server.hand_over(secret)


def _target(until: datetime | None) -> list[str]:
    if until is None:
        return []
    return ["--type=time", f"--target={until.isoformat(sep=' ')}", "--target-action=promote"]
