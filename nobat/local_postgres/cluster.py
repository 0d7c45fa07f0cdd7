"""Where a private PostgreSQL server has its data and its socket."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

DATABASE = ROLE = "nobat"
PORT = 5432  # only part of the socket's name: no network port is opened
LONGEST_SOCKET_PATH = 100  # the kernel takes 107 bytes


@dataclass(frozen=True)
class Cluster:
    """One server and its data. A forgetful one is faster, and loses data in a crash."""

    folder: Path
    is_forgetful: bool = False

    @property
    def server(self) -> Path:
        """What belongs to the user who runs the server; lock files lie beside it."""
        return self.folder / "server"

    @property
    def data(self) -> Path:
        return self.server / "data"

    @property
    def log(self) -> Path:
        return self.server / "log"

    @property
    def socket_folder(self) -> Path:
        path = str(self.server / f".s.PGSQL.{PORT}")
        # A comma would separate two hosts.
        if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH and "," not in path:
            return self.server
        # Not TMPDIR: two shells may differ in it, and must find the same server.
        name = sha256(os.fsencode(path)).hexdigest()[:12]
        return Path("/tmp") / f"nobat-{name}"  # noqa: S108 the server checks its owner

    def database_url(self, database: str = DATABASE) -> str:
        host = quote(str(self.socket_folder), safe="/")
        return f"postgresql://{ROLE}@:{PORT}/{database}?host={host}"
