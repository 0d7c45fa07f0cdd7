import pytest
from hypothesis import given
from hypothesis import strategies as st

from nobat.shared.persian import fa_digits
from nobat.shared.reference import is_reference, new_reference
from nobat.sms.models import Understood
from nobat.sms.understand import Wish, understand

CODE = "4819273509"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
BETWEEN = ["", " ", "-", "\u200c", "\u00a0", "  ", "\u200f", ".", "\n"]
references = st.builds(new_reference)
any_digits = st.sampled_from([str, fa_digits, lambda code: code.translate(ARABIC)])


def test_the_code_of_these_tests_is_one():
    assert is_reference(CODE)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        (f"لغو {CODE}", Wish(Understood.CANCEL, CODE)),
        ("لغو", Wish(Understood.CANCEL)),
        (f"لطفاً نوبت {CODE} را لغو کنید", Wish(Understood.CANCEL, CODE)),
        (f"«لغو» کد رهگیری: {CODE}.", Wish(Understood.CANCEL, CODE)),
        ("حذف ۴۸۱ ۹۲۷ ۳۵۰۹", Wish(Understood.CANCEL, CODE)),
        ("وضعيت", Wish(Understood.STATUS)),
        ("وضعیت؟", Wish(Understood.STATUS)),
        (CODE, Wish(Understood.STATUS, CODE)),
        ("قبول", Wish(Understood.ACCEPT)),
        ("تأیید", Wish(Understood.ACCEPT)),
        (f"قبول {CODE}", Wish(Understood.ACCEPT, CODE)),
        ("لغو 4819273506", Wish(Understood.CANCEL, "4819273506")),
    ],
)
def test_what_is_asked_for_is_understood(text, wish):
    assert understand(text) == wish


@pytest.mark.parametrize(
    "text",
    [
        "",
        "سلام",
        "لغو نکنید",
        f"لغو نشود {CODE}",
        "قبول ندارم",
        "قبول نیست",
        "لغو قبول",
        f"لغو؟ {CODE}",
        "قبول?",
        "4819273506",
        "0012345679",
        "🙏",
        "نوبت می‌خواهم",
    ],
)
def test_in_doubt_nothing_is_understood(text):
    assert understand(text).understood == Understood.NOTHING


def test_a_code_with_a_wrong_digit_is_none():
    assert understand("لغو 4819273506").reference == ""
    assert understand(f"لغو {CODE} {CODE}").reference == ""


@given(
    reference=references,
    digits=any_digits,
    word=st.sampled_from(["لغو", "ﻟﻐﻮ", "لـغـو", "لغو\u200c", "\u200fلغو"]),
    gaps=st.lists(st.sampled_from(BETWEEN), min_size=11, max_size=11),
)
def test_a_code_may_be_typed_in_any_digits_and_groups(reference, digits, word, gaps):
    typed = "".join(gap + digit for gap, digit in zip(gaps, digits(reference), strict=False))
    assert understand(f"{word} {typed}{gaps[-1]}") == Wish(Understood.CANCEL, reference)
    assert understand(f"{word}{typed}") == Wish(Understood.CANCEL, reference)
    assert understand(typed) == Wish(Understood.STATUS, reference)


@given(st.text(max_size=700))
def test_whatever_comes_is_read_without_breaking(text):
    wish = understand(text)
    assert wish.reference == "" or is_reference(wish.reference)
