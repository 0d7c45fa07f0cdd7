import subprocess
import sys

from nobat.shared import counts
from tests.counted import counted


def test_what_is_counted_twice_counts_two():
    before = counted('nobat_turns_total{outcome="Booked"}')
    counts.count_turn("Booked")
    counts.count_turn("Booked")
    assert counted('nobat_turns_total{outcome="Booked"}') == before + 2


def test_what_other_processes_of_this_machine_counted_is_added_also_after_their_end():
    counts.count_code("right")
    before = counted('nobat_codes_total{what="right"}')
    program = "from nobat.shared import counts; counts.count_code('right')"
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], check=True)
    assert counted('nobat_codes_total{what="right"}') == before + 2


def test_a_request_counts_by_its_class_and_two_statuses_by_themselves():
    of_page = 'nobat_request_seconds_count{method="GET",page="counted:page",status="%s"}'
    for status in (200, 204, 302, 404, 429, 500, 503):
        counts.count_request("counted:page", "GET", status, 0.01)
    said = {name: counted(of_page % name) for name in ("2xx", "3xx", "4xx", "429", "5xx", "503")}
    assert said == {"2xx": 2, "3xx": 1, "4xx": 1, "429": 1, "5xx": 1, "503": 1}


def test_how_long_it_took_falls_into_its_stretch():
    of_page = 'nobat_request_seconds_bucket{le="%s",method="POST",page="slow:page",status="2xx"}'
    for seconds in (0.01, 0.3, 9):
        counts.count_request("slow:page", "POST", 200, seconds)
    assert [counted(of_page % le) for le in ("0.025", "0.25", "0.5", "+Inf")] == [1, 1, 2, 3]
    counts.count_wait(0.2)
    assert counted('nobat_database_wait_seconds_bucket{le="0.5",outcome="made"}') >= 1
