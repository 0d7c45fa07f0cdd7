import pytest

from drill.restore import needs


@pytest.fixture
def complete(monkeypatch, tmp_path):
    monkeypatch.setattr(needs.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(needs, "SERVERS", [tmp_path / "16", tmp_path / "15"])
    monkeypatch.setattr(needs.os, "geteuid", lambda: 1000)


def test_an_ordinary_user_runs_the_newest_server_as_itself(complete, tmp_path):
    found = needs.programs()

    assert found == (tmp_path / "16", "/usr/bin/pgbackrest", None)


def test_without_pgbackrest_the_drill_says_where_it_comes_from(complete, monkeypatch):
    monkeypatch.setattr(needs.shutil, "which", lambda name: None)

    with pytest.raises(SystemExit, match=r"needs pgBackRest.*apt-get install"):
        needs.programs_or_end()


def test_without_a_server_too(complete, monkeypatch):
    monkeypatch.setattr(needs, "SERVERS", [])

    with pytest.raises(needs.Lacks, match="a server of PostgreSQL"):
        needs.programs()


def test_root_needs_somebody_who_may_run_it(complete, monkeypatch):
    monkeypatch.setattr(needs.os, "geteuid", lambda: 0)
    monkeypatch.setattr(needs.pwd, "getpwnam", {}.__getitem__)

    with pytest.raises(needs.Lacks, match="the user postgres"):
        needs.programs()
