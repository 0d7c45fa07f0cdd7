import pytest

from nobat.shared.rules import RuleBroken


class SlotFull(RuleBroken):
    message = "ظرفیت این ساعت پر شد."


def test_a_refusal_says_the_sentence_of_its_class():
    with pytest.raises(SlotFull, match="پر شد"):
        raise SlotFull


def test_a_refusal_may_say_it_more_exactly():
    assert SlotFull("ساعت ده پر شد.").message == "ساعت ده پر شد."
    assert SlotFull.message == "ظرفیت این ساعت پر شد."


def test_a_refusal_is_a_conflict_unless_it_says_otherwise():
    assert SlotFull().status == 409
