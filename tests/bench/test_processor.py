import os
import subprocess
import sys
import time

from bench.processor import below, fields_of, memory_mb, used_ms


def test_a_name_with_brackets_and_blanks_moves_no_field():
    assert fields_of("7 (a) b (c)) S 1 7 7 0") == ["S", "1", "7", "7", "0"]


def test_all_descendants_are_counted_and_nobody_else():
    parents = {1: 0, 5: 1, 6: 5, 7: 6, 8: 1}
    assert below(5, parents) == {5, 6, 7}


def test_who_is_gone_has_nobody_below():
    assert below(9, {1: 0, 5: 9}) == set()


def test_the_time_of_a_child_that_has_ended_stays_counted():
    before = used_ms(os.getpid())
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    subprocess.run([sys.executable, "-c", busy], check=True)
    assert used_ms(os.getpid()) - before >= 200


def test_own_work_is_counted_in_milliseconds():
    before, began = used_ms(os.getpid()), time.process_time()
    while time.process_time() - began < 0.1:
        pass
    assert 80 <= used_ms(os.getpid()) - before < 1000


def test_memory_is_that_of_the_program_itself():
    before = memory_mb(os.getpid())
    held = bytearray(64_000_000)
    held[::4096] = b"x" * len(held[::4096])
    assert 50 < memory_mb(os.getpid()) - before < 80
