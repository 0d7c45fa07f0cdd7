from drill.restore.turns import Promise
from drill.restore.verdict import seconds_lost, verdict

PROMISES = [Promise("1111111111", 10.0), Promise("2222222222", 20.0), Promise("3333333333", 30.0)]
FIRST, SECOND, THIRD = (promise.reference for promise in PROMISES)


def test_all_that_was_promised_until_the_moment_and_nothing_else_is_whole():
    judged = verdict(PROMISES, {FIRST, SECOND, "of others"}, until=25.0)

    assert judged.is_whole
    assert (judged.promised, judged.found) == (2, 2)


def test_a_promise_that_did_not_come_back_is_seen():
    judged = verdict(PROMISES, {FIRST}, until=25.0)

    assert not judged.is_whole
    assert (judged.promised, judged.found) == (2, 1)


def test_what_was_undone_must_not_be_there():
    judged = verdict(PROMISES, {FIRST, SECOND, THIRD}, until=25.0)

    assert not judged.is_whole
    assert judged.too_late == 1


def test_a_hole_is_worse_than_an_end():
    assert verdict(PROMISES, {FIRST, SECOND}, until=30.0).holes == 0
    assert verdict(PROMISES, {FIRST, THIRD}, until=30.0).holes == 1
    assert verdict(PROMISES, set(), until=30.0).holes == 0


def test_the_oldest_promise_that_is_gone_says_how_much_was_lost():
    assert seconds_lost(PROMISES, {FIRST}, disaster=31.5) == 11.5
    assert seconds_lost(PROMISES, {FIRST, SECOND, THIRD}, disaster=31.5) == 0.0
