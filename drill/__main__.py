"""`make drill`: builds the cluster, tries every fault in it, and takes it away again."""

import fcntl
import os
import platform
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from drill import network, report
from drill.disk import Disk
from drill.engine import Engine, NotWhole
from drill.faults import FAULTS
from drill.lacks import PYTHON, CannotDrill, install_patroni, postgresql, refuse_unless_possible
from drill.places import LOGS, VAR
from drill.plan import Plan, plan_from
from drill.program import kill_all
from drill.site import Site
from drill.trial import Outcome, try_fault

LACKS, FAILED = 3, 1


class TookTooLong(Exception):
    """Something hangs."""


def main() -> None:
    plan = plan_from()
    for wish in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(wish, _leave)
    signal.signal(signal.SIGALRM, _give_up)
    try:
        refuse_unless_possible()
        with _alone():
            install_patroni()
            signal.alarm(plan.within)
            outcomes = _drill(plan)
    except CannotDrill as problem:
        print(f"make drill: {problem}", file=sys.stderr)
        sys.exit(LACKS)
    except (NotWhole, TookTooLong) as problem:
        sys.exit(f"make drill: {problem}")
    bad = [each for each in outcomes if not each.is_good]
    for each in bad:
        _say(f"\n{each.fault}: " + "\n  ".join(each.wrong or ["not as promised"]))
    sys.exit(FAILED if bad else 0)


def _drill(plan: Plan) -> list[Outcome]:
    began = time.monotonic()
    with _built() as (engine, site):
        _say(f"The cluster stands after {time.monotonic() - began:.0f} s.")
        outcomes = []
        for name in plan.only:
            _say(f"{name}: {FAULTS[name].what} …")
            outcomes.append(try_fault(name, FAULTS[name], engine=engine, site=site, plan=plan))
            _say(report.table(outcomes[-1:]).splitlines()[-1])
            report.write(outcomes)
    _say(f"\n{report.table(outcomes)}\n\nAll in {(time.monotonic() - began) / 60:.0f} minutes.")
    if len(outcomes) == len(FAULTS):
        report.keep(outcomes, plan.document, facts=_facts())
    return outcomes


@contextmanager
def _built() -> Iterator[tuple[Engine, Site]]:
    binaries = postgresql()
    assert binaries is not None
    _clear()
    LOGS.mkdir(parents=True)
    engine = Engine(PYTHON, binaries)
    site = Site(engine)
    try:
        network.lay()
        engine.start()
        site.start()
        yield engine, site
    finally:
        signal.alarm(0)
        # Once is enough: whoever presses Ctrl-C twice still gets an orderly end.
        for wish in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(wish, signal.SIG_IGN)
        site.end()
        engine.end()
        network.take_away()


def _clear() -> None:
    """What a drill left that was itself killed: only what stands in namespaces of this checkout."""
    for namespace in network.left_over():
        kill_all(network.processes_in(namespace))
    time.sleep(0.2)
    network.take_away()
    for place in _mounted():
        Disk(place).take_away()
    shutil.rmtree(VAR, ignore_errors=True)


def _mounted() -> list[Path]:
    mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    places = [Path(line.split()[1]) for line in mounts]
    return [place for place in places if VAR in place.parents]


@contextmanager
def _alone() -> Iterator[None]:
    VAR.parent.mkdir(exist_ok=True)
    with open(VAR.with_suffix(".lock"), "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotDrill("another drill runs in this checkout") from None
        yield


def _facts() -> str:
    return f"{os.cpu_count()} processors, {platform.system()} {platform.release().split('-')[0]}"


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(f"make drill: told to end (signal {number})")


def _give_up(number: int, frame: FrameType | None) -> None:
    raise TookTooLong("not done in time; see --within")


def _say(what: str) -> None:
    print(what, flush=True)


if __name__ == "__main__":
    main()
