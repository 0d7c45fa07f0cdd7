"""Where the processes of one machine put down what they count (decision 42)."""

import os
from pathlib import Path

from nobat.environment import must

# Of the package that counts; it is asked for when the first number is named, before any request.
_OF_THE_PACKAGE = "PROMETHEUS_MULTIPROC_DIR"


def metrics_folder(path: str) -> Path:
    """The setting METRICS_DIR: a folder of this machine alone, made if it is not there."""
    folder = Path(os.environ.setdefault(_OF_THE_PACKAGE, path))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        must(False, "METRICS_DIR must be a folder that can be written to")
    return folder


def forget_counts(folder: Path) -> None:
    """Before the first process starts, never while one runs: what others counted is over."""
    for counted in folder.glob("*.db"):
        counted.unlink(missing_ok=True)
