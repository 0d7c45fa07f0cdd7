"""All that may happen to a country: how it strikes, is mended, and how long it may hurt."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from drill import network
from drill.engine import Engine
from drill.machines import DATABASES, ETCDS, Machine
from drill.program import kill_all
from drill.site import Site


@dataclass
class Struck:
    """What is out of order, and how it is put right again."""

    what: str
    mend: Callable[[], None] = field(default=lambda: None)


@dataclass(frozen=True)
class Fault:
    """`lasts`: seconds until it is mended. `allowed`: of these, without a single confirmation."""

    what: str
    strike: Callable[[Engine, Site], Struck]
    lasts: float
    allowed: float


def _switch_over(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    engine.switch_over()
    return Struck(primary.name)


def _kill_postgresql(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    kill_all(engine.postgres_of(primary))
    return Struck(primary.name)


def _kill_machine(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    patroni = engine.patroni_of(primary)
    processes = engine.postgres_of(primary)
    patroni.kill()
    kill_all(processes)
    return Struck(primary.name, mend=patroni.start)


def _cut(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    network.pull(primary)
    return Struck(primary.name, mend=lambda: network.mend(primary))


def _island(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    others = [each for each in [*DATABASES, *ETCDS] if each != primary]
    network.make_island(primary, others)
    return Struck(primary.name, mend=lambda: network.mend(primary))


def _lose_etcd(engine: Engine, site: Site) -> Struck:
    lost = engine.etcds[:2]
    for etcd in lost:
        etcd.kill()

    def mend() -> None:
        for etcd in lost:
            etcd.start()

    return Struck("etcd1, etcd2", mend)


def _kill_web_worker(engine: Engine, site: Site) -> Struck:
    killed = site.web_workers()[:1]
    kill_all(killed)
    return Struck("one of two")


def _kill_worker(engine: Engine, site: Site) -> Struck:
    site.worker.kill()
    return Struck("worker", mend=site.worker.start)


def _lose_gateways(engine: Engine, site: Site) -> Struck:
    site.providers.kill()
    return Struck("both providers", mend=site.providers.start)


def _fill_disk(engine: Engine, site: Site) -> Struck:
    primary = engine.needed_primary()
    disk = engine.disks[primary]
    disk.fill()
    return Struck(primary.name, mend=lambda: _free(engine, primary))


def _free(engine: Engine, machine: Machine) -> None:
    engine.disks[machine].free()


def _freeze(engine: Engine, site: Site) -> Struck:
    """Patroni and PostgreSQL stand still, as on a machine that swaps, and then go on unawares."""
    primary = engine.needed_primary()
    patroni = engine.patroni_of(primary).process
    stopped = [patroni.pid] if patroni else []
    stopped += engine.postgres_of(primary)
    _signal(stopped, signal.SIGSTOP)
    return Struck(primary.name, mend=lambda: _signal(stopped, signal.SIGCONT))


def _signal(processes: list[int], wish: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, wish)


FAULTS = {
    "switchover": Fault("the primary hands over, as before an upgrade", _switch_over, 12, 5),
    "kill": Fault("kill -9 of the primary's PostgreSQL", _kill_postgresql, 20, 15),
    "machine": Fault("kill -9 of all on the primary's machine", _kill_machine, 45, 30),
    "cut": Fault("the primary's cable is pulled, and put in again", _cut, 45, 30),
    "island": Fault("the primary sees the application alone, then all", _island, 45, 30),
    "freeze": Fault("the primary's machine stands still, then goes on", _freeze, 45, 30),
    "etcd": Fault("two of three etcd are killed", _lose_etcd, 40, 5),
    "disk": Fault("the primary's disk is full, and free again after 20 s", _fill_disk, 20, 30),
    "web": Fault("kill -9 of a web worker", _kill_web_worker, 10, 5),
    "worker": Fault("kill -9 of the job worker", _kill_worker, 10, 5),
    "sms": Fault("both SMS providers are gone", _lose_gateways, 20, 5),
}
