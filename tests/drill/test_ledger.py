from dataclasses import replace

from drill.ledger import CONFIRMED, REFUSED, Told, outage, read, write

TOLD = Told(act="book", citizen=1, slot=7, began=1, ended=2, answer=CONFIRMED)


def at(*moments, answer=CONFIRMED):
    return [replace(TOLD, ended=moment, answer=answer) for moment in moments]


def test_an_outage_is_the_longest_time_without_a_confirmation():
    assert outage(at(1, 2, 3, 9, 10), 2.5, 10.5) == 6


def test_what_was_slow_before_the_fault_is_no_outage_of_it():
    assert outage(at(1, 8, 9, 11), 9.5, 11.5) == 2


def test_refusals_end_no_outage():
    assert outage([*at(1, 2, 9), *at(4, 5, answer=REFUSED)], 1.5, 9.5) == 7


def test_one_that_does_not_end_lasts_until_now():
    assert outage(at(1, 2), 2.5, 40) == 38


def test_what_is_written_is_read_again_in_the_order_of_its_end(tmp_path):
    file = tmp_path / "ledger"
    late, early = at(5, 2)
    write([late], file)
    write([early], file)
    assert read(file) == [early, late]
