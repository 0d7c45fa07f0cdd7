"""One switch and a cable to each machine: cables are pulled, and paths between two are shut."""

import ctypes
import os
import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from drill.machines import ALL, SWITCH, Machine

NAMESPACES = Path("/run/netns")
_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)

Answer = TypeVar("Answer")


def lay() -> None:
    """The bridge is in a namespace too, so that the machine's own network is left alone."""
    _ip("netns", "add", SWITCH)
    _in(SWITCH, "link", "add", "bridge", "type", "bridge")
    _in(SWITCH, "link", "set", "bridge", "up")
    for machine in ALL:
        _ip("netns", "add", machine.namespace)
        _in(machine.namespace, "link", "set", "lo", "up")
        pair = ["peer", "name", "eth0", "netns", machine.namespace]
        _in(SWITCH, "link", "add", machine.name, "type", "veth", *pair)
        _in(SWITCH, "link", "set", machine.name, "master", "bridge", "up")
        _in(machine.namespace, "addr", "add", f"{machine.address}/24", "dev", "eth0")
        _in(machine.namespace, "link", "set", "eth0", "up")


def left_over() -> list[str]:
    """Namespaces of an earlier drill of this checkout, which was stopped by force."""
    names = [SWITCH, *(machine.namespace for machine in ALL)]
    return [name for name in names if (NAMESPACES / name).exists()]


def processes_in(namespace: str) -> list[int]:
    listed = subprocess.run(
        ["ip", "netns", "pids", namespace], capture_output=True, text=True, check=False
    )
    return [int(process) for process in listed.stdout.split()]


def take_away() -> None:
    for namespace in left_over():
        with suppress(subprocess.CalledProcessError):
            _ip("netns", "del", namespace)


def pull(machine: Machine) -> None:
    """The cable: nobody reaches it, and it reaches nobody."""
    _in(SWITCH, "link", "set", machine.name, "down")


def make_island(machine: Machine, unreached: Iterable[Machine]) -> None:
    """It goes on talking with everybody else, as when one line of two is cut."""
    for other in unreached:
        _in(machine.namespace, "route", "add", "blackhole", f"{other.address}/32")


def mend(machine: Machine) -> None:
    """Whatever was pulled or shut."""
    _in(SWITCH, "link", "set", machine.name, "up")
    for other in ALL:
        with suppress(subprocess.CalledProcessError):
            _in(machine.namespace, "route", "del", "blackhole", f"{other.address}/32")


def at(machine: Machine, act: Callable[[], Answer]) -> Answer:
    """Done by a thread that stands in the machine's network and then ends."""

    def enter() -> None:
        namespace = os.open(NAMESPACES / machine.namespace, os.O_RDONLY)
        try:
            if _libc.setns(namespace, _NEWNET):
                raise OSError(ctypes.get_errno(), "cannot enter the network")
        finally:
            os.close(namespace)

    with ThreadPoolExecutor(1, initializer=enter) as one:
        return one.submit(act).result()


def _in(namespace: str, *words: str) -> None:
    _ip("-n", namespace, *words)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
