import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from nobat.metrics_folder import forget_counts, metrics_folder


@pytest.fixture
def not_told(monkeypatch):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")


def test_the_folder_is_made_and_told_to_the_package_that_counts(tmp_path, not_told):
    assert metrics_folder(str(tmp_path / "a" / "b")).is_dir()
    assert os.environ["PROMETHEUS_MULTIPROC_DIR"] == str(tmp_path / "a" / "b")


def test_a_folder_that_cannot_be_made_stops_the_start_and_names_the_variable(tmp_path, not_told):
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"^METRICS_DIR"):
        metrics_folder(str(tmp_path / "file" / "below"))


def test_what_was_counted_before_the_start_is_forgotten_and_nothing_else(tmp_path):
    (tmp_path / "counter_1.db").write_text("")
    (tmp_path / "other").write_text("")
    forget_counts(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["other"]
