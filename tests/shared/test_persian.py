import pytest

from nobat.shared.persian import (
    clean,
    fa_digits,
    fold,
    fold_packed,
    latin_digits,
    without_separators,
)

# Each pair is one name as two people, two keyboards or two old systems write it.
ONE_NAME_TWO_WAYS = {
    "arabic ye": ("علی", "علي"),
    "arabic kaf": ("کریمی", "كريمي"),
    "alef maksura": ("مصطفی", "مصطفى"),
    "hamza on ye": ("رئیسی", "رییسی"),
    "hamza on vav": ("مؤمنی", "مومنی"),
    "hamza on alef": ("رأفت", "رافت"),
    "hamza apart": ("سوٴالی", "سوالی"),
    "alef with madda": ("آذری", "اذری"),
    "alef wasla": ("ٱحمد", "احمد"),
    "teh marbuta": ("دائرة", "دائره"),
    "heh with ye": ("خانۀ عدالت", "خانه عدالت"),
    "heh with hamza above": ("خانهٔ عدالت", "خانه عدالت"),
    "urdu heh": ("مہدی", "مهدی"),
    "vowel signs": ("مُحَمَّد", "محمد"),
    "superscript alef": ("رحمٰن", "رحمن"),
    "tatweel": ("مـــریم", "مریم"),
    "half-space or space": ("خرم‌آباد", "خرم آباد"),
    "nbsp or space": ("خرم\u00a0آباد", "خرم آباد"),
    "presentation forms": ("ﻋﻠﯽ ﻻﺟﻮﺭﺩﯼ", "علی لاجوردی"),
    "persian digits": ("دفتر ۱۲", "دفتر 12"),
    "arabic digits": ("دفتر ١٢", "دفتر 12"),
    "bidi marks": ("\u200f\u202bعلی\u202c", "علی"),
    "byte order mark": ("\ufeffعلی", "علی"),
    "soft hyphen": ("نو\u00adبت", "نوبت"),
    "joiner": ("علی\u200d", "علی"),
    "latin case": ("Shiraz", "shiraz"),
    "dash or space": ("امامی-راد", "امامی راد"),
    "long dash or space": ("امامی — راد", "امامی راد"),
    "many spaces": ("  نرگس \t احمدی ", "نرگس احمدی"),
    "decomposed madda": ("ا\u0653ذری", "آذری"),
}


@pytest.mark.parametrize("pair", ONE_NAME_TWO_WAYS.values(), ids=ONE_NAME_TWO_WAYS)
def test_a_name_is_found_in_whichever_way_it_is_written(pair):
    one, other = pair

    assert fold(one) == fold(other)
    assert fold_packed(one) == fold_packed(other)


@pytest.mark.parametrize("written", ["خرم‌آباد", "خرم آباد", "خرمآباد", "خرماباد"])
def test_half_space_space_and_nothing_meet_in_the_packed_key(written):
    assert fold_packed(written) == "خرماباد"


@pytest.mark.parametrize(
    ("one", "other"), [("علی", "عالی"), ("سارا", "زارا"), ("دفتر 12", "دفتر 21")]
)
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)
    assert fold_packed(one) != fold_packed(other)


def test_folding_twice_changes_nothing():
    for name in ("مُحَمَّد‌رضا آل أحمد", "ﻋﻠﯽ ﻻﺟﻮﺭﺩﯼ", "Öffice №۱۲"):
        assert fold(fold(name)) == fold(name)


def test_a_name_is_kept_with_persian_letters_and_its_half_space():
    assert clean("  \u200fأحمدي‌پور  كريمى ") == "أحمدی‌پور کریمی"


def test_half_spaces_at_the_edge_of_a_word_are_not_kept():
    assert clean("\u200cعلی\u200c رضا\u200c\u200cیی\u200c") == "علی رضا\u200cیی"


def test_control_characters_are_not_kept():
    assert clean("علی\x00\x1b\nرضا") == "علی رضا"


def test_presentation_forms_are_kept_as_letters():
    assert clean("ﻻﺟﻮﺭﺩﯼ") == "لاجوردی"


def test_people_read_persian_digits():
    assert fa_digits("09:30 ٤") == "۰۹:۳۰ ۴"
    assert fa_digits(1405) == "۱۴۰۵"


def test_machines_get_latin_digits_from_all_three_kinds():
    assert latin_digits("۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ 0123456789") == ("0123456789 0123456789 0123456789")


@pytest.mark.parametrize(
    "typed",
    ["0012-345 679", "\u200f۰۰۱۲\u200c۳۴۵\u00a0۶۷۹", "(٠٠١٢) ٣٤٥–٦٧٩", "001.2345.679"],
)
def test_what_stands_between_the_digits_of_a_number_is_left_out(typed):
    assert without_separators(typed) == "0012345679"


def test_a_letter_in_a_number_stays_to_be_seen():
    assert without_separators("12a-34") == "12a34"
