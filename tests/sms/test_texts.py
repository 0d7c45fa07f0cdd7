import re
from datetime import datetime

import pytest

from nobat.shared.jalali import TEHRAN
from nobat.shared.persian import fa_digits, keyboard_form
from nobat.shared.reference import grouped
from nobat.sms.answer_texts import ANSWERS
from nobat.sms.models import Kind, OutgoingSms
from nobat.sms.texts import parts, text_of
from tests.build import book

# The weekday and the month with the longest names.
LONGEST_DAY = datetime(2026, 5, 5, 9, 30, tzinfo=TEHRAN).isoformat()
LONG_VALUES = {
    "starts_at": LONGEST_DAY,
    "office": "چهارباغ خواجوی بزرگ",
    "address": "شاهین‌شهر و میمه، بلوار شهید چمران، خیابان دانشگاه، کوچهٔ ۱۲، پلاک ۲۱۸، طبقهٔ ۲",
    "reference": "4819273506",
}
WHERE = ("starts_at", "office", "reference")


def values(*names):
    return {name: LONG_VALUES[name] for name in names}


WHEN_AND_OFFICE = values("starts_at", "office")
PROPOSED = values("office", "reference") | {
    "proposed_at": LONGEST_DAY,
    "answer_until": LONGEST_DAY,
}
EACH_ANSWER = [
    ("coming", values(*WHERE), 2),
    ("several", values(*WHERE) | {"count": 3}, 3),
    ("no_turn", {}, 1),
    ("hour_has_come", WHEN_AND_OFFICE, 2),
    ("checked_in", WHEN_AND_OFFICE, 2),
    ("is_cancelled", WHEN_AND_OFFICE, 2),
    ("missed", WHEN_AND_OFFICE, 2),
    ("excused", WHEN_AND_OFFICE, 2),
    ("displaced", WHEN_AND_OFFICE, 3),
    ("proposed", PROPOSED, 3),
    ("proposed_anew", PROPOSED, 3),
    ("which_to_cancel", values(*WHERE), 2),
    ("code_to_cancel", {"count": 3}, 2),
    ("code_to_accept", {"count": 3}, 2),
    ("too_late", WHEN_AND_OFFICE, 2),
    ("no_such", {}, 2),
    ("nothing_proposed", {}, 1),
    ("not_accepted", {"why": "TooManyAppointments"}, 2),
    ("not_accepted", {"why": "SomethingElse"}, 2),
    ("not_accepted", {"why": "Suspended", "until": LONGEST_DAY}, 2),
    ("no_account", {}, 2),
    ("not_understood", {}, 2),
]
EACH = [
    (Kind.CODE, {"purpose": "sign_up", "code": "482139"}, 1),
    (Kind.CODE, {"purpose": "sign_in", "code": "482139"}, 1),
    (Kind.CODE, {"purpose": "reset_password", "code": "482139"}, 1),
    (Kind.CODE, {"purpose": "prove", "code": "482139"}, 1),
    (Kind.HAS_ACCOUNT, {"purpose": "sign_up"}, 2),
    (Kind.NO_ACCOUNT, {"purpose": "reset_password"}, 2),
    (Kind.ACCOUNT_MADE, {"username": "09170001234"}, 2),
    (Kind.ACCOUNT_MADE, {"username": "09170001234", "password": "Sarv-Naz-41"}, 1),
    (Kind.ACCOUNT_MADE, {"username": "09170001234", "password": "x" * 60}, 2),
    (Kind.ACCOUNT_ERASED, {}, 2),
    (Kind.BOOKED, LONG_VALUES, 3),
    (Kind.MOVED, LONG_VALUES, 4),
    (Kind.CANCELLED, values(*WHERE), 2),
    (Kind.REMINDER, LONG_VALUES, 4),
    (Kind.NO_SHOW, values(*WHERE) | {"until": LONGEST_DAY}, 4),
    (Kind.EXCUSED, values(*WHERE), 3),
    (Kind.EXCUSED, values(*WHERE) | {"until": LONGEST_DAY}, 4),
    (Kind.OFFICE_CLOSED, values(*WHERE), 3),
    (
        Kind.OFFICE_CLOSED,
        values(*WHERE) | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY},
        3,
    ),
    (
        Kind.OFFICE_CLOSED,
        values(*WHERE)
        | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY}
        | {"proposed_office": LONG_VALUES["office"]},
        4,
    ),
    (
        Kind.PROPOSED_AGAIN,
        values("office", "reference") | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY},
        3,
    ),
    # That one can answer by SMS costs nothing.
    (Kind.REMINDER, LONG_VALUES | {"reply": "1"}, 4),
    (
        Kind.OFFICE_CLOSED,
        values(*WHERE) | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY, "reply": "1"},
        3,
    ),
    (
        Kind.OFFICE_CLOSED,
        values(*WHERE)
        | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY, "reply": "1"}
        | {"proposed_office": LONG_VALUES["office"]},
        4,
    ),
    (
        Kind.PROPOSED_AGAIN,
        values("office", "reference")
        | {"proposed_at": LONGEST_DAY, "answer_until": LONGEST_DAY, "reply": "1"},
        3,
    ),
    (Kind.NOBODY_RECORDED, {"day": "2026-05-05"}, 2),
    (Kind.NOBODY_RECORDED, {"office": LONG_VALUES["office"], "day": "2026-05-05"}, 3),
    *((Kind.ANSWER, {"says": says, **given}, number) for says, given, number in EACH_ANSWER),
]
KINDS = [kind for kind, _, _ in EACH]


def each_text():
    return [text_of(kind, given) for kind, given, _ in EACH]


@pytest.mark.parametrize(("kind", "given", "number"), EACH, ids=KINDS)
def test_each_text_takes_so_many_parts_at_its_longest(kind, given, number):
    assert parts(text_of(kind, given)) == number


def test_every_kind_has_a_text():
    assert {kind for kind, _, _ in EACH} == set(Kind)


def test_every_answer_has_its_length_here():
    assert {says for says, _, _ in EACH_ANSWER} == set(ANSWERS)
    assert max(number for _, _, number in EACH_ANSWER) <= 3


@pytest.mark.parametrize("text", each_text(), ids=KINDS)
def test_no_text_has_a_link_or_speaks_of_payment_or_of_the_case(text):
    assert not re.search(r"https?:|www\.|\.ir\b|://|/|ریال|تومان|پرداخت|هزینه|پرونده|شکایت", text)


@pytest.mark.parametrize("text", each_text(), ids=KINDS)
def test_texts_are_written_in_persian_letters(text):
    assert not re.search("[يك٠-٩]", text)


def test_the_digits_of_a_code_are_latin_so_that_phones_fill_them_in():
    text = text_of(Kind.CODE, {"purpose": "sign_in", "code": "012345"})
    assert text == "کد ورود به نوبت: 012345\nتا دو دقیقه. به کسی نگویید."


def test_the_account_sms_brings_username_and_by_setting_the_password():
    with_it = text_of(Kind.ACCOUNT_MADE, {"username": "09170001234", "password": "Sarv-Naz-41"})
    without = text_of(Kind.ACCOUNT_MADE, {"username": "09170001234"})
    assert with_it == "حساب نوبت شما ساخته شد.\nنام کاربری: 09170001234\nرمز عبور: Sarv-Naz-41"
    assert "09170001234" in without
    assert "Sarv" not in without


@pytest.mark.parametrize("password", ["Sarv-Naz-41!", "!Sarv-Naz", "1405-09-08", "گل‌نار۱۴۰۵"])
def test_a_password_that_would_be_read_the_wrong_way_round_is_held_by_marks(password):
    text = text_of(Kind.ACCOUNT_MADE, {"username": "09170001234", "password": password})
    copied = text.rpartition(": ")[2]
    assert copied == f"\u200e{password}\u200e"
    assert keyboard_form(copied) == keyboard_form(password)


def test_the_booking_sms_says_when_where_and_what_to_bring(sara, slot, petition):
    appointment = book(sara, slot, petition)
    sms = OutgoingSms.objects.get(kind=Kind.BOOKED)
    code = fa_digits(grouped(appointment.reference)).replace(" ", "\xa0")
    assert text_of(sms.kind, sms.params) == (
        "نوبت شما: یکشنبه ۱۳ اردیبهشت ساعت ۱۰:۰۰\n"
        "دفتر نارنجستان، شیراز، خیابان ارم، کوچهٔ ۵، پلاک ۱۲\n"
        f"کد رهگیری {code}\n"
        "رسید و کارت ملی بیاورید."
    )


def test_the_sms_of_a_deletion_says_which_appointment():
    text = text_of(Kind.CANCELLED, values(*WHERE))
    assert "سه‌شنبه ۱۵ اردیبهشت ساعت ۰۹:۳۰" in text
    assert "۴۸۱\xa0۹۲۷\xa0۳۵۰۶" in text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ب" * 70, 1),
        ("ب" * 71, 2),
        ("ب" * 134, 2),
        ("ب" * 135, 3),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("ب" * 68 + "😀", 1),
        ("ب" * 69 + "😀", 2),
    ],
    ids=lambda value: f"{value[0]}{len(value)}" if isinstance(value, str) else None,
)
def test_parts_are_counted_as_operators_count_them(text, number):
    assert parts(text) == number


def test_midnight_is_the_end_of_the_day_before():
    closed = values(*WHERE) | {"proposed_at": LONGEST_DAY}
    until = datetime(2026, 5, 4, tzinfo=TEHRAN).isoformat()

    told = text_of(Kind.OFFICE_CLOSED, closed | {"answer_until": until})

    assert "تا پایان یکشنبه ۱۳ اردیبهشت در" in told


@pytest.mark.parametrize(
    ("kind", "given"),
    [(kind, given) for kind, given, _ in EACH if "reply" in given and kind != Kind.REMINDER],
)
def test_however_long_it_is_whoever_can_answer_by_sms_is_told_so(kind, given):
    assert "«قبول» بفرستید" in text_of(kind, given)
    assert "«قبول»" not in text_of(kind, {**given, "reply": ""})


def test_the_reminder_says_so_only_where_that_takes_no_part_more():
    short = LONG_VALUES | {"address": "خیابان ارم", "reply": "1"}
    assert "«لغو» و این کد را بفرستید یا در" in text_of(Kind.REMINDER, short)
    for letters in range(140):
        given = LONG_VALUES | {"address": "ب" * letters}
        plain, told = (text_of(Kind.REMINDER, {**given, "reply": reply}) for reply in ("", "1"))
        assert parts(told) == parts(plain)
