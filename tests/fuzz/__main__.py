"""`make fuzz`: every page and every file again and again with other inputs, until time is over.

Prints the seed of each round, with which it can be done again, and keeps var/fuzz.json.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests import ON_PRIVATE_SERVER

ROOT = Path(__file__).resolve().parents[2]
RESULT = ROOT / "var/fuzz.json"
PROCESSES = "2"
TRIES = ["tests/fuzz/test_every_page.py", "tests/fuzz/test_files.py"]


def main() -> None:
    asked = argparse.ArgumentParser(prog="make fuzz")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--seed", type=int, default=random.randrange(10**9))
    asked.add_argument("--examples", type=int, default=5, help="for each page, form and round")
    said = asked.parse_args()
    ends = time.clock_gettime(time.CLOCK_BOOTTIME) + said.minutes * 60
    sums, failed, seed = Sums(said.seed), [], said.seed
    while time.clock_gettime(time.CLOCK_BOOTTIME) < ends:
        print(f"seed {seed} …", flush=True)
        figures, answer = one_round(seed, said.examples, ends)
        for each in figures:
            sums.add(each)
        if answer:
            failed.append(seed)
        seed += 1
    sums.keep()
    print(f"{sums.inputs} inputs, answers {dict(sums.answers)}, errors of ours: {sums.errors_500}")
    sys.exit(f"something was wrong with the seeds {failed}" if failed else 0)


class Sums:
    def __init__(self, seed: int) -> None:
        self.seed, self.inputs, self.errors_500 = seed, 0, 0
        self.answers: Counter[str] = Counter()
        self.of_pages: Counter[str] = Counter()

    def add(self, figures: dict) -> None:
        self.inputs += figures.get("inputs", 0)
        self.errors_500 += figures.get("errors_500", 0)
        self.answers.update(figures.get("answers", {}))
        self.of_pages.update(figures.get("of_pages", {}))

    def keep(self) -> None:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(json.dumps(vars(self), indent=1, sort_keys=True))


def one_round(seed: int, examples: int, ends: float) -> tuple[list[dict], int]:
    """The tests once, with inputs by this seed; they end by themselves when the time is over."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "FUZZ_SEED": str(seed),
            "FUZZ_EXAMPLES": str(examples),
            "FUZZ_ENDS": str(ends),
            "FUZZ_FIGURES": folder,
        }
        if ON_PRIVATE_SERVER:  # the tests start it, each process with a database of its own
            del environment["DATABASE_URL"]
        command = [sys.executable, "-m", "pytest", "-q", "--tb=short", "-n", PROCESSES, *TRIES]
        answer = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        figures = [json.loads(file.read_text()) for file in Path(folder).iterdir()]
    return figures, answer


if __name__ == "__main__":
    main()
