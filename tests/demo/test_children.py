"""The programs of `make run` live and die together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nobat.demo import children as module
from nobat.demo.children import Children, KeepsDying

pytestmark = pytest.mark.real_time

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = ["sh", "-c", "trap '' TERM; sleep 20 & wait"]
START_ONE = """
import time
from nobat.demo.children import Children

children = Children()
children.start("sleeper", ["sleep", "60"])
print(children.all[0].process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def children():
    children = Children()
    yield children
    for child in children.all:
        if child.is_running():
            child.process.kill()
        child.process.wait()


def pids(children):
    return [child.process.pid for child in children.all]


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ignores_term(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    ignored = int(status.split("SigIgn:")[1].split()[0], 16)
    return bool(ignored & 1 << (signal.SIGTERM - 1))


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_program_that_was_killed_is_started_again(children):
    children.start("web", SLEEP)
    children.start("worker", SLEEP)
    web, worker = pids(children)
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: not is_alive(web))

    assert children.start_the_dead_again() == ["web"]
    assert pids(children)[0] != web
    assert pids(children)[1] == worker


def test_a_program_that_cannot_live_is_given_up(children):
    children.start("web", ["false"])
    for _ in range(module.MOST_DEATHS_IN_A_ROW):
        children.all[0].process.wait()
        children.start_the_dead_again()
    children.all[0].process.wait()

    with pytest.raises(KeepsDying, match="web"):
        children.start_the_dead_again()


def test_the_end_is_the_end_of_all(children):
    children.start("web", SLEEP)
    children.start("worker", SLEEP)

    children.end()

    assert [child.process.returncode for child in children.all] == [-signal.SIGTERM] * 2


def test_a_program_that_does_not_listen_is_ended_all_the_same(children, monkeypatch):
    monkeypatch.setattr(module, "ENDS_WITHIN", module.timedelta(seconds=0.3))
    children.start("web", DEAF)
    wait_until(lambda: ignores_term(*pids(children)))

    children.end()

    assert children.all[0].process.returncode == -signal.SIGKILL


def test_nothing_outlives_a_make_run_that_was_killed():
    above = subprocess.Popen(
        [sys.executable, "-c", START_ONE],
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    below = int(above.stdout.readline())
    assert is_alive(below)

    above.kill()
    above.wait()
    above.stdout.close()

    wait_until(lambda: not is_alive(below))


def test_one_that_is_dispensable_is_let_go_and_the_others_go_on(children):
    children.start("web", SLEEP)
    weak = children.start_dispensable("providers", ["false"])
    for _ in range(module.MOST_DEATHS_IN_A_ROW + 1):
        weak.process.wait()
        children.start_the_dead_again()

    assert [child.name for child in children.all] == ["web"]
    assert children.all[0].is_running()


def test_one_can_be_let_go_without_the_others(children):
    children.start("web", SLEEP)
    other = children.start_dispensable("providers", SLEEP)

    children.let_go(other)

    assert other.process.returncode == -signal.SIGTERM
    assert children.all[0].is_running()
    assert children.start_the_dead_again() == []
