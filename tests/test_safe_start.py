"""Web and worker do not start with settings that `manage.py check --deploy` warns of."""

import base64
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_MD = ROOT / "docs" / "settings.md"
A_KEY = base64.b64encode(b"k" * 32).decode()
SECRETS = {
    "SECRET_KEY": "qwertzuiopasdfghjklyxcvbnm0123456789QWERTZUIOPASDF",
    "DATA_KEYS": f"1:{A_KEY}",
    "RECEIPT_KEY": A_KEY,
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    "KAVENEGAR_API_KEY": "4B65",
    "MAGFA_PASSWORD": "secret",
}
WEB = ["-c", "import nobat.wsgi"]
WORKER = ["manage.py", "run_worker"]


@pytest.fixture
def with_files(tmp_path) -> Callable[[str], dict[str, str]]:
    """The settings of these lines, with files of our own in place of those that they name."""

    def settings(lines: str) -> dict[str, str]:
        named = dict(line.split("=", 1) for line in lines.splitlines())
        for name in [name for name in named if name.endswith("_FILE")]:
            file = tmp_path / name
            file.write_text(SECRETS[name.removesuffix("_FILE")])
            file.chmod(0o440)
            named[name] = str(file)
        return named

    return settings


@pytest.fixture
def serious(with_files) -> dict[str, str]:
    """What docs/settings.md says that a country needs."""
    [block] = re.findall(
        r"## What a country needs\n.*?```\n(.*?)```", SETTINGS_MD.read_text(), re.S
    )
    return with_files(block)


def run(program: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_settings_that_a_country_needs_are_found_clean(serious):
    checked = run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], serious)
    assert checked.returncode == 0, checked.stderr
    assert run(WEB, serious).returncode == 0


@pytest.mark.parametrize("program", [WEB, WORKER], ids=["web", "worker"])
def test_neither_web_nor_worker_start_with_a_warning(serious, program):
    started = run(program, serious | {"HSTS_SECONDS": "0", "SMS_PARTS_PER_DAY": ""})
    assert started.returncode != 0
    assert "security.W004" in started.stderr
    assert "sms.W002: Nothing ends the spending" in started.stderr
    assert "name it in ACCEPTED_WARNINGS" in started.stderr


def test_whoever_lives_with_a_warning_says_so(serious):
    alone = serious | {"SMS_GATEWAY": "nobat.sms.gateways.magfa.Magfa"}
    assert "sms.W001" in run(WEB, alone).stderr
    assert run(WEB, alone | {"ACCEPTED_WARNINGS": "sms.W001,people.W001"}).returncode == 0


def shipped_for_one_machine() -> str:
    lines = (ROOT / "deploy" / "one-machine" / "nobat.env").read_text().splitlines()
    return "\n".join(line for line in lines if re.match("[A-Z_]+=", line))


def shipped_for_containers() -> str:
    """With the values that stand there for whoever sets none."""
    [block] = re.findall(
        r"environment: &settings\n(.*?)\n  secrets:",
        (ROOT / "deploy/compose.yaml").read_text(),
        re.S,
    )
    named = re.findall(r'^ +([A-Z_]+): "?([^"\n]*)"?$', block, re.M)
    return "\n".join(f"{name}={re.sub(_UNLESS_SET, _if_not_set, value)}" for name, value in named)


_UNLESS_SET = re.compile(r"\$\{\w+:([-?])([^}]*)\}")


def _if_not_set(found: re.Match[str]) -> str:
    return found[2] if found[1] == "-" else "nobat.example"


@pytest.mark.parametrize("shipped", [shipped_for_one_machine, shipped_for_containers])
@pytest.mark.parametrize("program", [WEB, ["manage.py", "check"]], ids=["web", "commands"])
def test_what_deploy_ships_starts_as_it_is(shipped, program, with_files, tmp_path):
    settings = with_files(shipped()) | {"METRICS_DIR": str(tmp_path)}
    started = run(program, settings)
    assert started.returncode == 0, started.stderr


def test_the_demo_starts_as_open_as_it_is():
    assert run(WEB, {"DEMO": "1", **SECRETS}).returncode == 0
