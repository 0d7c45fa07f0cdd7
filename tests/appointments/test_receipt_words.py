import pytest

from nobat.appointments.receipt_words import receipt_words
from nobat.people.models import IdentityKind
from tests.build import book, make_service, make_slot, move


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


def test_a_receipt_says_all_that_is_needed_at_the_desk(appointment, sara):
    words = receipt_words(appointment)
    assert words.day == "یکشنبه ۱۳ اردیبهشت ۱۴۰۵"
    assert words.hours == "ساعت ۱۰:۰۰ تا ۱۰:۳۰"
    assert words.name == "سارا محمدی"
    assert (words.office, words.office_code) == ("نارنجستان", "۱۰۲۱")
    assert words.address == "شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲"
    assert words.phone == "۰۷۱ ۳۲۰۰ ۰۱۱۲"
    assert words.service == "تنظیم دادخواست یا شکواییه"
    assert words.cases == "یک یا دو"


def test_of_a_national_code_only_the_last_three_digits_are_written(appointment, sara):
    sara.identity_tail = "456"
    appointment.citizen = sara
    words = receipt_words(appointment)
    assert (words.identity_label, words.identity) == ("کد ملی", "•••••••۴۵۶")


@pytest.mark.parametrize(
    ("kind", "label", "hidden", "card"),
    [
        (IdentityKind.NATIONAL, "کد ملی", 7, "کارت ملی"),
        (IdentityKind.FOREIGN_UNIQUE, "کد یکتا", 9, "اصل مدرک شناسایی"),
        (IdentityKind.FOREIGN_DOCUMENT, "شمارهٔ مدرک", 5, "اصل گذرنامه یا کارت اقامت"),
    ],
)
def test_everybody_brings_the_card_they_signed_up_with(appointment, kind, label, hidden, card):
    appointment.citizen.identity_kind = kind
    appointment.service.papers = ["کارت ملی و رسید نوبت"]
    words = receipt_words(appointment)
    assert words.identity_label == label
    assert words.identity.count("•") == hidden
    assert words.bring == [f"{card} و رسید نوبت", "کد ثنا و رمز شخصی"]


def test_papers_of_the_service_and_sana_are_to_be_brought(sara, office, appointment):
    appointment.service.papers = ["کارت ملی و رسید نوبت", "اصل قرارداد", "دو برگ از متن"]
    assert receipt_words(appointment).bring == [
        "کارت ملی و رسید نوبت",
        "کد ثنا و رمز شخصی",
        "اصل قرارداد",
        "دو برگ از متن",
    ]


def test_a_service_without_sana_does_not_ask_for_it(appointment):
    appointment.service = make_service("sana", "ثبت‌نام ثنا", needs_sana=False, papers=[])
    assert receipt_words(appointment).bring == ["کارت ملی و رسید نوبت"]


def test_three_cases_take_the_hours_of_both_turns(sara, office, petition):
    first = make_slot(office, "10:00")
    make_slot(office, "10:30")
    words = receipt_words(book(sara, first, petition, cases=3))
    assert words.hours == "ساعت ۱۰:۰۰ تا ۱۱:۰۰"
    assert words.cases == "سه یا چهار"


def test_a_receipt_says_when_it_was_given_or_moved(appointment, office, clock):
    assert receipt_words(appointment).given == "گرفته‌شده در ۱۲ اردیبهشت ۱۴۰۵، ساعت ۰۸:۰۰."
    clock.shift(3600)
    moved = move(appointment, make_slot(office, "11:00"))
    assert receipt_words(moved).given == "جابه‌جاشده در ۱۲ اردیبهشت ۱۴۰۵، ساعت ۰۹:۰۰."


def test_long_names_and_papers_ask_for_smaller_letters(appointment):
    assert not receipt_words(appointment).is_long
    appointment.service.papers = ["اصل و رونوشت برابر اصل رأی دادگاه همراه برگ ابلاغ"] * 5
    assert receipt_words(appointment).is_long
