import base64
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nobat.appointments.cancel import cancel_appointment
from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import (
    Forged,
    NoReceipt,
    NotAReceipt,
    read_receipt,
    receipt_stands,
    receipt_text,
)
from nobat.appointments.receipt_keys import public_keys, sign
from nobat.shared.persian import fa_digits
from nobat.shared.rules import RuleBroken
from tests.build import book, make_person, make_slot, move, national_code_for

ANOTHER_KEY = base64.b64encode(bytes(range(32))).decode()


def payload_of(text):
    number = int(text[1:])
    return number.to_bytes((number.bit_length() + 7) // 8, "big")[:-64].decode()


def in_digits(form, payload, signature):
    return form + str(int.from_bytes(payload + signature, "big"))


@pytest.fixture
def appointment(sara, slot, petition):
    return book(sara, slot, petition)


def test_a_receipt_says_who_comes_where_when_and_for_how_many_cases(appointment, sara, slot):
    receipt = read_receipt(receipt_text(appointment))
    assert receipt.reference == appointment.reference
    assert receipt.office_code == "1021"
    assert (receipt.starts_at, receipt.ends_at) == (slot.starts_at, slot.ends_at)
    assert (receipt.cases, receipt.moves) == (1, 0)
    assert (receipt.full_name, receipt.identity_tail) == ("سارا محمدی", sara.identity_tail)


def test_a_receipt_is_read_without_the_database(appointment, django_assert_num_queries):
    text = receipt_text(appointment)
    with django_assert_num_queries(0):
        read_receipt(text)


def test_whoever_has_the_public_key_can_check_a_receipt_alone(appointment):
    number = int(receipt_text(appointment)[1:])
    blob = number.to_bytes((number.bit_length() + 7) // 8, "big")
    key = Ed25519PublicKey.from_public_bytes(public_keys()[0])
    key.verify(blob[-64:], b"2" + blob[:-64])
    with pytest.raises(InvalidSignature):
        key.verify(blob[-64:], b"2" + blob[:-64].replace(b"1021", b"1022"))


def test_a_receipt_has_digits_alone_whatever_the_name(slot, petition):
    citizen = make_person("Müller|«نرگس»", "O'Neil | ق" * 5, mobile="+989120000009")
    text = receipt_text(book(citizen, slot, petition))
    assert text.isascii()
    assert text.isdigit()
    assert read_receipt(text).full_name.startswith("Müller|«نرگس» O'Neil | ق")


def test_a_receipt_does_not_hold_the_whole_identity_number(appointment, sara):
    assert national_code_for(sara.mobile) not in str(read_receipt(receipt_text(appointment)))


def test_a_long_name_is_shortened_so_that_the_code_stays_coarse(slot, petition):
    citizen = make_person("ق" * 60, "ژ" * 60, mobile="+989120000009")
    text = receipt_text(book(citizen, slot, petition))
    assert len(text) < 500
    assert read_receipt(text).full_name == "ق" * 39 + "…"


@pytest.mark.parametrize(
    "typed",
    [
        fa_digits,
        lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        lambda text: f"  {text[:50]} {text[50:]}\r\n",
        lambda text: f"\u202a{text}\u202c",
    ],
)
def test_a_receipt_is_read_in_any_digits_and_with_spaces(appointment, typed):
    text = receipt_text(appointment)
    assert read_receipt(typed(text)) == read_receipt(text)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_receipt_with_one_wrong_digit_is_refused(appointment, data):
    text = receipt_text(appointment)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))
    with pytest.raises((Forged, NotAReceipt)):
        read_receipt(text[:place] + other + text[place + 1 :])


def test_every_flipped_bit_is_noticed(appointment):
    text = receipt_text(appointment)
    number = int(text[1:])
    for bit in range(number.bit_length()):
        with pytest.raises((Forged, NotAReceipt)):
            read_receipt(text[0] + str(number ^ (1 << bit)))


def test_a_receipt_signed_with_another_key_is_forged(appointment, settings):
    right_keys = settings.RECEIPT_KEYS
    settings.RECEIPT_KEYS = [ANOTHER_KEY]
    text = receipt_text(appointment)
    settings.RECEIPT_KEYS = right_keys
    with pytest.raises(Forged):
        read_receipt(text)


def test_a_receipt_of_an_old_key_is_read_until_the_key_is_taken_out(appointment, settings):
    old = receipt_text(appointment)
    settings.RECEIPT_KEYS = [ANOTHER_KEY, *settings.RECEIPT_KEYS]
    fresh = receipt_text(appointment)
    assert fresh != old
    assert read_receipt(fresh) == read_receipt(old)

    settings.RECEIPT_KEYS = [ANOTHER_KEY]
    assert read_receipt(fresh).reference == appointment.reference
    with pytest.raises(Forged):
        read_receipt(old)


def test_a_receipt_says_which_key_has_signed_it(appointment):
    assert payload_of(receipt_text(appointment)).startswith(public_keys()[0][:4].hex() + "|")


def test_a_receipt_printed_before_keys_had_names_is_still_read(appointment, settings):
    text = receipt_text(appointment)
    without_name = payload_of(text).partition("|")[2].encode()
    printed = in_digits("1", without_name, sign(without_name))
    settings.RECEIPT_KEYS = [ANOTHER_KEY, *settings.RECEIPT_KEYS]

    assert read_receipt(printed) == read_receipt(text)


def test_what_was_signed_in_one_form_is_nothing_in_the_other(appointment):
    payload = payload_of(receipt_text(appointment)).encode()
    fields = payload.partition(b"|")[2]
    as_the_first = in_digits("1", b"2" + payload, sign(b"2" + payload))
    as_the_second = in_digits("2", fields[1:], sign(fields))
    for text in (as_the_first, as_the_second):
        with pytest.raises(Forged):
            read_receipt(text)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=30), st.text("0123456789۰۱۲ ", max_size=900)))
def test_whatever_is_scanned_is_answered_with_a_refusal(text):
    with pytest.raises(RuleBroken):
        read_receipt(text)


@pytest.mark.parametrize("text", ["", "4819273506", "https://example.ir", "1" * 5000])
def test_what_is_no_receipt_is_told_apart_from_a_forged_one(text):
    with pytest.raises(NotAReceipt):
        read_receipt(text)


def test_a_receipt_stands_while_its_appointment_does(appointment, sara):
    receipt = read_receipt(receipt_text(appointment))
    assert receipt_stands(receipt)
    cancel_appointment(appointment=appointment, by=sara)
    assert not receipt_stands(receipt)


def test_after_a_move_only_the_fresh_receipt_stands(appointment, office):
    before = read_receipt(receipt_text(appointment))
    moved = move(appointment, make_slot(office, "11:00"))
    after = read_receipt(receipt_text(moved))
    assert not receipt_stands(before)
    assert receipt_stands(after)
    assert after.starts_at - before.starts_at == timedelta(hours=1)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.BOOKED])
def test_an_appointment_that_is_over_gives_no_receipt_and_its_old_one_falls(appointment, status):
    receipt = read_receipt(receipt_text(appointment))
    Appointment.objects.filter(pk=appointment.pk).update(status=status)
    appointment.refresh_from_db()
    assert not receipt_stands(receipt)
    with pytest.raises(NoReceipt):
        receipt_text(appointment)
