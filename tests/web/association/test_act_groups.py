from nobat.journal.acts import Act
from nobat.web.association.act_groups import ACT_CHOICES, GROUPS, acts_chosen


def test_every_act_can_be_chosen_in_one_group():
    grouped = [act for _, acts in GROUPS.values() for act in acts]

    assert sorted(grouped) == sorted(Act)


def test_one_act_is_chosen_or_all_of_a_kind():
    assert acts_chosen("booked") == [Act.BOOKED]
    assert acts_chosen("all:holidays") == [act for act in Act if act.startswith("holiday_")]


def test_every_choice_means_some_acts():
    offered = [value for _, lines in ACT_CHOICES[1:] for value, _ in lines]

    assert all(acts_chosen(value) for value in offered)
    assert "all:rules" not in offered  # one act alone needs no such line
