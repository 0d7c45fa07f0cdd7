from nobat.shared.phone import grouped_phone


def test_a_landline_stands_in_groups_after_its_area_code():
    assert grouped_phone("07132000112") == "۰۷۱ ۳۲۰۰ ۰۱۱۲"


def test_a_number_of_another_length_stays_as_it_is():
    assert grouped_phone("1570") == "۱۵۷۰"
