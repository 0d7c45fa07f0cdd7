"""What this machine lacks for a drill, in words that say how to get it."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from drill.places import CHECKOUT, PATRONI

PIN = CHECKOUT / "requirements" / "patroni.txt"
INSTALLS = CHECKOUT / "scripts" / "install_cluster.sh"
PYTHON = "/usr/bin/python3"  # Debian's, with Debian's driver, as on a database machine
_POSTGRESQL = Path("/usr/lib/postgresql")
_NEEDED = {
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "pgbouncer": "pgbouncer",
    "ip": "iproute2",
    "setpriv": "util-linux",
    "openssl": "openssl",
}


class CannotDrill(Exception):
    """Something outside of us has to be there first; the message says what."""


def refuse_unless_possible() -> None:
    """Raises CannotDrill with everything that is missing."""
    lacks = list(what_is_missing())
    if lacks:
        raise CannotDrill("\n  ".join(["this machine lacks", *lacks, f"See {INSTALLS.name}."]))


def what_is_missing() -> Iterator[str]:
    if os.geteuid() != 0:
        yield "root: only root makes network namespaces"
        return
    packages = {package for program, package in _NEEDED.items() if not shutil.which(program)}
    if postgresql() is None:
        packages.add("postgresql")
    if not _can(PYTHON, "import psycopg2"):
        packages.add("python3-psycopg2")
    if not _can(PYTHON, "import pip"):
        packages.add("python3-pip")
    if packages:
        yield f"Debian packages: {' '.join(sorted(packages))}"
    elif not _may_make_namespaces():
        yield "network namespaces: `ip netns add` is refused here, as in most containers"
    elif not _is_passable():
        yield f"a checkout that the user postgres may enter: {CHECKOUT}"


def postgresql() -> Path | None:
    """The programs of the newest PostgreSQL of Debian's."""
    found = [path.parent for path in _POSTGRESQL.glob("*/bin/postgres")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def install_patroni() -> None:
    """Pinned by hash, into a folder of its own; once."""
    stamp = PATRONI / "stamp"
    if stamp.exists() and stamp.read_text() == PIN.read_text():
        return
    shutil.rmtree(PATRONI, ignore_errors=True)
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--root-user-action=ignore", "--require-hashes", "--target", str(PATRONI)]
    done = subprocess.run(
        [*install, "-r", str(PIN)], capture_output=True, text=True, umask=0o022, check=False
    )
    if done.returncode:
        raise CannotDrill(f"Patroni could not be installed:\n{done.stderr}")
    stamp.write_text(PIN.read_text())


def _can(python: str, does: str) -> bool:
    if not Path(python).exists():
        return False
    return subprocess.run([python, "-c", does], capture_output=True, check=False).returncode == 0


def _may_make_namespaces() -> bool:
    name = f"nobat-try-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
    return made.returncode == 0


def _is_passable() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    reads = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "ls"]
    return subprocess.run([*reads, str(CHECKOUT)], capture_output=True, check=False).returncode == 0
