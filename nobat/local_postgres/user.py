"""Who runs the private PostgreSQL server for root: PostgreSQL itself refuses root."""

import os
import pwd
import stat
import sys
from collections.abc import Iterable
from pathlib import Path


class NoServerUser(Exception):
    """Root asked for the private server, and there is nobody who could run it."""


def server_user(folder: Path) -> pwd.struct_passwd | None:
    """The owner of the checkout, or nobody where that is root. None: whoever we are."""
    if os.geteuid() != 0:
        return None
    owner = owner_of(folder)
    try:
        return pwd.getpwuid(owner.st_uid) if owner.st_uid else pwd.getpwnam("nobody")
    except KeyError:
        raise NoServerUser(
            "PostgreSQL does not run as root, and the user it would run as is unknown"
            " here: run this as an ordinary user, or set DATABASE_URL."
        ) from None


def owner_of(folder: Path) -> os.stat_result:
    """The folder's own, or while it does not exist, that of the next one above it."""
    return next(path.stat() for path in (folder, *folder.parents) if path.exists())


def make_folder(folder: Path, *, like: os.stat_result) -> None:
    """The folder and those missing above it, owned like the rest of the checkout."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            path.mkdir(mode=0o755, exist_ok=True)
            if os.geteuid() == 0:
                os.chown(path, like.st_uid, like.st_gid)


def let_through(user: pwd.struct_passwd, paths: Iterable[Path]) -> list[Path]:
    """Let the user pass the folders above these paths; return those that were opened.

    Passing is all that is granted: nobody lists or reads more than before.
    """
    above = sorted({folder for path in paths for folder in path.parents})
    shut = [folder for folder in above if not _may_pass(user, folder.stat())]
    for folder in shut:
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
    return shut


def _may_pass(user: pwd.struct_passwd, folder: os.stat_result) -> bool:
    if folder.st_uid == user.pw_uid:
        return True
    if folder.st_gid == user.pw_gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)


def say_who_runs_it(user: pwd.struct_passwd, opened: list[Path]) -> None:
    changed = (
        f"who may now pass through (not list) {', '.join(map(str, opened))}"
        if opened
        else "who needed no further rights for that"
    )
    sys.stderr.write(
        f"PostgreSQL does not run as root. It runs as the user {user.pw_name}, {changed}.\n"
    )
