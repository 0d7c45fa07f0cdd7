from bench.result import Result, median_of


def found(rps, p99_ms=None):
    return Result(rps=rps, p50_ms=1, p99_ms=p99_ms, db_cpu_ms=1)


def test_each_number_has_its_own_median():
    results = [found(10, 7), found(30, 9), found(20, 8)]
    assert (median_of(results).rps, median_of(results).p99_ms) == (20, 8)


def test_one_round_that_was_disturbed_changes_nothing():
    assert median_of([found(10), found(11), found(9), found(0.1), found(10)]).rps == 10


def test_what_was_never_measured_has_no_median():
    assert median_of([found(1), found(2)]).p99_ms is None
