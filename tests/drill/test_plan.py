import pytest

from drill.faults import FAULTS
from drill.plan import plan_from


def test_a_drill_has_every_fault_unless_told_otherwise():
    assert plan_from([]).only == list(FAULTS)
    assert plan_from(["--only", "cut,island"]).only == ["cut", "island"]


def test_a_fault_that_there_is_not_is_refused_with_those_that_there_are(capsys):
    with pytest.raises(SystemExit):
        plan_from(["--only", "cut,flood"])
    assert "no such fault: flood; there are switchover, kill, machine" in capsys.readouterr().err
