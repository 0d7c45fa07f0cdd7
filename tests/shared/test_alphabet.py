from nobat.shared.alphabet import alphabetical


def test_names_stand_as_in_a_persian_dictionary():
    names = ["یزد", "گرگان", "آمل", "کاشان", "پاوه", "اراک", "چالوس", "بم", "ژاوه"]

    assert sorted(names, key=alphabetical) == [
        "آمل", "اراک", "بم", "پاوه", "چالوس", "ژاوه", "کاشان", "گرگان", "یزد",
    ]  # fmt: skip


def test_a_word_stands_before_the_longer_names_that_begin_with_it():
    names = ["خمینی‌شهر", "بندرعباس", "خمین", "بندر گز"]

    assert sorted(names, key=alphabetical) == ["بندر گز", "بندرعباس", "خمین", "خمینی‌شهر"]


def test_half_spaces_do_not_count():
    assert alphabetical("خرم‌آباد") == alphabetical("خرمآباد")
