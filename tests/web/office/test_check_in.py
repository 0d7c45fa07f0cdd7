from resource import RUSAGE_SELF, getrusage
from statistics import median

import pytest

from nobat.appointments import policy
from nobat.appointments.models import Appointment, Status
from nobat.appointments.receipt import receipt_text
from nobat.journal.models import JournalEntry
from nobat.shared.persian import fa_digits
from nobat.visits.models import Visit
from tests.build import book, make_person, make_slot, national_code_for, sign_in_staff

FIND = "/office/check-in/"


@pytest.fixture
def at_the_desk(at_ten, maryam_works):
    return maryam_works


def page_of(appointment):
    return f"{FIND}{appointment.reference}/"


@pytest.mark.parametrize(
    "typed",
    [
        receipt_text,
        lambda appointment: appointment.reference,
        lambda appointment: fa_digits(appointment.reference),
        lambda appointment: national_code_for(appointment.citizen.mobile),
    ],
    ids=["receipt", "tracking code", "Persian digits", "national code"],
)
def test_a_scan_leads_to_the_page_that_is_held_against_the_card(at_ten, at_the_desk, typed):
    answer = at_the_desk.post(FIND, {"code": typed(at_ten)}, follow=True)
    assert answer.redirect_chain == [(page_of(at_ten), 302)]
    text = answer.content.decode()
    for words in ("درست است", "سارا محمدی", "با کارت ملی مقایسه کنید", "تنظیم دادخواست"):
        assert words in text
    assert Appointment.objects.get().status == Status.BOOKED


def test_the_page_shows_nothing_but_last_digits(at_ten, at_the_desk, sara):
    text = at_the_desk.get(page_of(at_ten)).content.decode()
    assert national_code_for(sara.mobile) not in text
    assert fa_digits(sara.identity_tail) in text


def test_pressing_the_button_checks_in_and_says_the_number(at_ten, at_the_desk, maryam):
    answer = at_the_desk.post(page_of(at_ten), follow=True)
    assert answer.redirect_chain == [("/office/", 302)]
    assert "«سارا محمدی» با شمارهٔ ۱ پذیرش شد" in answer.content.decode()
    assert Visit.objects.get().recorded_by == maryam


def test_pressing_twice_checks_in_once_and_says_who_did(at_ten, at_the_desk):
    at_the_desk.post(page_of(at_ten))
    answer = at_the_desk.post(page_of(at_ten))
    assert answer.status_code == 409
    assert "پیش‌تر پذیرش شده است" in answer.content.decode()
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("outcome", ["papers_missing", "elsewhere"])
def test_without_result_the_next_page_asks_why(at_ten, at_the_desk, outcome):
    answer = at_the_desk.post(page_of(at_ten), {"as": outcome})
    assert answer["Location"] == f"/office/visits/1/?as={outcome}"
    text = at_the_desk.get(answer["Location"]).content.decode()
    assert f'value="{outcome}"' in text
    assert "checked" in text


def test_a_name_that_does_not_fit_the_card_is_written_down(at_ten, at_the_desk):
    answer = at_the_desk.post(page_of(at_ten), {"as": "wrong_person"}, follow=True)
    assert "نام با کارت نمی‌خواند" in answer.content.decode()
    assert JournalEntry.objects.filter(act="wrong_person").exists()
    assert not Visit.objects.exists()


def test_two_appointments_of_a_national_code_can_be_chosen(
    sara, office, petition, client, maryam, clock
):
    both = [book(sara, make_slot(office, hour), petition) for hour in ("10:00", "11:00")]
    clock.move_to(both[0].starts_at)
    answer = sign_in_staff(client, maryam).post(FIND, {"code": national_code_for(sara.mobile)})
    for appointment in both:
        assert f'href="{page_of(appointment)}"' in answer.content.decode()


def test_a_forged_receipt_is_refused_in_words(at_ten, at_the_desk):
    text = receipt_text(at_ten)
    answer = at_the_desk.post(FIND, {"code": text[:-1] + str((int(text[-1]) + 1) % 10)})
    assert answer.status_code == 400
    assert "امضای این رسید درست نیست" in answer.content.decode()


def test_what_a_hand_typed_stays_but_a_scan_makes_room_for_the_next(at_the_desk):
    assert 'value="12345"' in at_the_desk.post(FIND, {"code": "12345"}).content.decode()
    scanned = at_the_desk.post(FIND, {"code": "9" * 200}).content.decode()
    assert "999" not in scanned


def test_the_receipt_of_another_office_is_refused_with_its_place(at_ten, client, naser):
    answer = sign_in_staff(client, naser).post(FIND, {"code": receipt_text(at_ten)})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "این نوبت برای دفتر دیگری است" in text
    assert "سارا" not in text


@pytest.mark.parametrize("verb", ["get", "post"])
def test_another_offices_appointment_is_not_found(at_ten, client, naser, verb):
    answer = getattr(sign_in_staff(client, naser), verb)(page_of(at_ten))
    assert answer.status_code == 404
    assert Appointment.objects.get().status == Status.BOOKED


@pytest.mark.parametrize("nothing", ["", "   "])
def test_an_empty_field_leads_back_to_the_desk(maryam_works, nothing):
    assert maryam_works.post(FIND, {"code": nothing})["Location"] == "/office/"


def test_opened_like_a_page_it_leads_back_to_the_desk(maryam_works):
    assert maryam_works.get(FIND)["Location"] == "/office/"


def test_no_national_code_reaches_an_address(at_ten, at_the_desk):
    code = national_code_for(at_ten.citizen.mobile)
    assert code not in at_the_desk.post(FIND, {"code": code})["Location"]


def test_checking_in_takes_few_statements(at_ten, at_the_desk, django_assert_num_queries):
    policy.rules_on(at_ten.day)  # this process has asked for them before
    with django_assert_num_queries(4):  # session, membership, the appointment, the check-in
        assert at_the_desk.post(page_of(at_ten)).status_code == 302


def test_on_a_day_of_two_hundred_a_check_in_takes_less_than_a_tenth_of_a_second(
    office, petition, client, maryam, clock
):
    slot = make_slot(office, "11:00", capacity=200)
    people = [make_person(mobile=f"+98913111{number:04}") for number in range(200)]
    turns = [book(citizen, slot, petition) for citizen in people]
    clock.move_to(slot.starts_at)
    sign_in_staff(client, maryam)

    taken = []
    for turn in turns[:15]:
        before = processor_time()
        assert client.post(page_of(turn)).status_code == 302
        taken.append(processor_time() - before)

    assert median(taken) < 0.1


def processor_time():
    """Seconds of this process: what else the machine does is not counted."""
    used = getrusage(RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
