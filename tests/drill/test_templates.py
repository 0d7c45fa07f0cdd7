import subprocess
import sys

import pytest

from drill.engine import Engine
from drill.machines import ALL, APP, DATABASES, ETCDS
from drill.places import CHECKOUT, SHIPPED
from drill.templates import NotFilled, fill, values_in


def test_gaps_are_filled_and_nothing_else_is_touched():
    assert fill("a@b.c @NAME@@@ADDRESS@", {"NAME": "x", "ADDRESS": "y"}) == "a@b.c x@y"


def test_a_value_that_is_missing_is_named():
    with pytest.raises(NotFilled, match="no value for ADDRESS, NAME"):
        fill("@NAME@ @ADDRESS@", {})


def test_an_operator_fills_in_from_a_file_of_values(tmp_path):
    (tmp_path / "template").write_text("to @NAME@\n")
    (tmp_path / "values").write_text("# mine\nNAME=db1=first\n\n")
    command = [sys.executable, "-m", "drill.templates", tmp_path / "template", tmp_path / "values"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout == "to db1=first\n"


def test_lines_that_are_no_values_say_nothing():
    assert values_in("# NAME=x\nname=y\nNAME=z") == {"NAME": "z"}


@pytest.fixture
def engine(tmp_path):
    return Engine("python3", tmp_path)


@pytest.mark.parametrize("template", sorted(SHIPPED.glob("*.in")), ids=lambda path: path.stem)
def test_the_drill_fills_every_gap_of_what_is_shipped(engine, template):
    machine = {"patroni.yml": DATABASES[0], "etcd.yml": ETCDS[0]}.get(template.stem, APP)
    assert "@TLS@" not in engine.written(template.stem, machine)


def test_the_engine_is_as_the_trials_asked_for_it(engine):
    patroni = engine.written("patroni.yml", DATABASES[0])
    for line in (
        "ttl: 20",
        "loop_wait: 5",
        "retry_timeout: 5",
        "primary_start_timeout: 0",
        "failsafe_mode: true",
        "synchronous_mode: quorum",
        "log_statement: none",
        "log_min_duration_statement: -1",
        "log_min_error_statement: panic",
        "log_error_verbosity: terse",
        "log_parameter_max_length: 0",
        "log_parameter_max_length_on_error: 0",
    ):
        assert f"\n{line}" in patroni.replace("  ", ""), line


def test_every_name_of_a_value_is_explained_to_the_operator():
    told = (SHIPPED / "README.md").read_text()
    for template in SHIPPED.glob("*.in"):
        with pytest.raises(NotFilled) as missing:
            fill(template.read_text(), {})
        names = str(missing.value).removeprefix("no value for ").split(", ")
        assert [name for name in names if f"`{name}`" not in told] == []


def test_machines_have_addresses_of_their_own():
    assert len({machine.address for machine in ALL}) == len(ALL)
