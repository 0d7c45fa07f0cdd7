import pytest

from bench.report import ratio, summary, table
from bench.result import Result

ROWS = ["booking", "rush", "office_page", "search", "check_in", "sign_in"]


def found(rps):
    return Result(
        rps=rps, p50_ms=20, p99_ms=60, app_cpu_ms=0.9, db_cpu_ms=0.6, client_cpu_ms=0.1, refused=0
    )


@pytest.fixture
def rounds():
    limits = [Result(rps=rps, p50_ms=2, db_cpu_ms=0.4) for rps in (1000, 2000, 4000)]
    return {"limit": limits} | {name: [found(rps) for rps in (500, 900, 2000)] for name in ROWS}


def test_a_row_is_compared_with_the_limit_of_the_same_round(rounds):
    assert ratio(rounds, "booking") == 0.5  # of 0.5, 0.45 and 0.5; the medians alone say 0.45


def test_what_is_written_has_the_names_that_others_read(rounds):
    written = summary(rounds)
    assert written["limit_tps"] == 2000
    for name in ROWS:
        assert {"rps", "p50_ms", "p99_ms", "app_cpu_ms", "db_cpu_ms"} <= set(written[name])
    assert written["booking"]["ratio_to_limit"] == 0.5


def test_the_table_has_a_line_for_each_row_and_a_dash_for_what_has_no_number(rounds):
    lines = table(rounds).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["limit", *ROWS]
    assert "–" in lines[1].split("%")[1]
    assert "50.0%" in lines[2]
