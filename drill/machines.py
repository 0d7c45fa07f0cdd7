"""The machines of the drill: each is a network namespace with an address of its own."""

import zlib
from dataclasses import dataclass
from pathlib import Path

from drill.places import CHECKOUT, VAR

NETWORK = "10.77.0.0/24"
# Two checkouts may drill at the same time on one machine.
_MARK = f"nobat-{zlib.crc32(str(CHECKOUT).encode()) & 0xFFFF:04x}"


@dataclass(frozen=True)
class Machine:
    name: str
    address: str

    @property
    def namespace(self) -> str:
        return f"{_MARK}-{self.name}"

    @property
    def folder(self) -> Path:
        return VAR / self.name

    @property
    def certificates(self) -> Path:
        return VAR / "tls" / self.name


SWITCH = f"{_MARK}-switch"
DATABASES = [Machine(f"db{number}", f"10.77.0.1{number}") for number in (1, 2, 3)]
ETCDS = [Machine(f"etcd{number}", f"10.77.0.2{number}") for number in (1, 2, 3)]
APP = Machine("app1", "10.77.0.31")
CITIZENS = Machine("citizens", "10.77.0.41")
ALL = [*DATABASES, *ETCDS, APP, CITIZENS]
INSIDE = [*DATABASES, *ETCDS, APP]  # those with a certificate
