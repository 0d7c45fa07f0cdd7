from bench.plan import Plan, plan_from


def test_nothing_said_measures_the_country_in_five_rounds_without_peers():
    assert plan_from([]) == Plan()
    assert Plan().rounds == 5
    assert not Plan().peers


def test_each_part_can_be_made_smaller():
    asked = plan_from(["--rounds", "1", "--offices", "60", "--peers"])
    assert (asked.rounds, asked.offices, asked.peers) == (1, 60, True)
