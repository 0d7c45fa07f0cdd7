"""The programs that a restore drill needs, or which of them this machine lacks."""

import os
import pwd
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

# pgBackRest knows the versions of PostgreSQL that were there when it was made: the private
# server of `make run` may be newer.
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
LACKS = (
    "make restore-drill needs {what}. On Debian: apt-get install postgresql pgbackrest\n"
    "(the drill runs a server of its own; the one that the package starts is left alone)."
)


class Programs(NamedTuple):
    server: Path  # the folder of PostgreSQL's programs
    pgbackrest: str
    user: pwd.struct_passwd | None  # who runs them; None: whoever we are


class Lacks(Exception):
    """Says what is missing, and where it comes from."""


def programs() -> Programs:
    """Raises Lacks."""
    pgbackrest = shutil.which("pgbackrest")
    if pgbackrest is None:
        raise Lacks(LACKS.format(what="pgBackRest"))
    if not SERVERS:
        raise Lacks(LACKS.format(what="a server of PostgreSQL"))
    return Programs(SERVERS[0], pgbackrest, _user())


def _user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses root; its package has brought a user along."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise Lacks(LACKS.format(what="the user postgres, as root may not run it")) from None


def programs_or_end() -> Programs:
    try:
        return programs()
    except Lacks as lack:
        sys.exit(str(lack))
