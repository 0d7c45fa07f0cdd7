import pytest

from drill import lacks
from drill.lacks import CannotDrill, refuse_unless_possible


def test_whoever_is_not_root_is_told_so(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(CannotDrill, match="root: only root makes network namespaces"):
        refuse_unless_possible()


def test_packages_that_are_missing_are_named(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda program: None if program == "etcd" else program)
    monkeypatch.setattr(lacks, "_can", lambda python, does: "psycopg2" not in does)
    monkeypatch.setattr(lacks, "_POSTGRESQL", lacks.CHECKOUT / "nowhere")
    with pytest.raises(CannotDrill, match="packages: etcd-server postgresql python3-psycopg2"):
        refuse_unless_possible()


def test_the_newest_postgresql_is_taken(monkeypatch, tmp_path):
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin/postgres").touch()
    monkeypatch.setattr(lacks, "_POSTGRESQL", tmp_path)
    assert lacks.postgresql() == tmp_path / "17" / "bin"
