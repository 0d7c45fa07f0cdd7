from scripts.font import letters


def test_the_half_space_the_ezafe_and_all_three_kinds_of_digits_stay_in_the_font():
    needed = {0x200C, 0x0654, 0x06C0} | set(map(ord, "09٠٩۰۹پچژگکی«»،؛؟"))

    assert needed <= letters()
