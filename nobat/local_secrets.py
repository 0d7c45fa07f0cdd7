"""The demo's own keys: made once, kept under var/ for the checkout's owner alone."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SECRETS_FILE = CHECKOUT / "var" / "secrets.env"


def secret(name: str, make: Callable[[], str], *, kept_in: Path = SECRETS_FILE) -> str:
    """The value made when this name was asked for the first time.

    Programs that start together get the same value: the file is locked meanwhile.
    """
    kept_in.parent.mkdir(exist_ok=True)
    descriptor = os.open(kept_in, os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known = dict(line.rstrip("\n").split("=", 1) for line in file if "=" in line)
        if name not in known:
            known[name] = make()
            file.write(f"{name}={known[name]}\n")
            _hand_to_owner_of_folder(kept_in)
    return known[name]


def _hand_to_owner_of_folder(file: Path) -> None:
    # Root may be the first to start a checkout that belongs to somebody else.
    if os.geteuid() == 0:
        owner = CHECKOUT.stat()
        for path in (file.parent, file):
            os.chown(path, owner.st_uid, owner.st_gid)
